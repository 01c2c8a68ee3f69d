import { at, isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { KeysReading, Reading, SettingsFile } from '../model/probes.ts';

/** What stands for the path of a whole file. */
export const WHOLE_FILE = '(file)';

/** What a PHP file of settings was read as. */
export interface Settings {
  readonly values: JsonObject;
  /** Key paths of what only a running program knows. */
  readonly unreadable: readonly string[];
}

/** The settings by path, each with how far it can be relied on. */
export function settingsFile(settings: Settings, evidence: number): SettingsFile {
  return {
    evidence,
    read(...path) {
      const why = whyUnreadable(settings, path) ?? whyIncomplete(settings, path);
      return why === undefined ? reading(settings, path) : { kind: 'unreadable', why };
    },
    keys(...path) {
      const why = whyUnreadable(settings, path);
      return why === undefined ? keysReading(settings, path) : { kind: 'unreadable', why };
    },
  };
}

/** The value itself, or something it stands in, is not known. */
function whyUnreadable({ values, unreadable }: Settings, path: readonly string[]): string | undefined {
  if (unreadable.includes(WHOLE_FILE)) return 'the file is no array of settings that can be read without running it';
  for (let length = 1; length <= path.length; length += 1) {
    const above = path.slice(0, length).join('.');
    if (unreadable.includes(above)) return decidedLater(above);
  }
  for (let length = 1; length < path.length; length += 1) {
    const group = valueAt(values, path.slice(0, length));
    if (group !== undefined && !isObject(group) && !isList(group)) {
      return `${path.slice(0, length).join('.')} is no group of settings`;
    }
  }
  return undefined;
}

/** Something in it is not known. */
function whyIncomplete({ unreadable }: Settings, path: readonly string[]): string | undefined {
  const below = `${path.join('.')}.`;
  const first = unreadable.find((one) => path.length === 0 || one.startsWith(below));
  return first === undefined ? undefined : decidedLater(first);
}

function decidedLater(path: string): string {
  return `${path} is decided when the application runs, and the file is only read`;
}

function reading({ values }: Settings, path: readonly string[]): Reading {
  const value = valueAt(values, path);
  return value === undefined ? { kind: 'default' } : { kind: 'value', value };
}

function keysReading(settings: Settings, path: readonly string[]): KeysReading {
  const found = valueAt(settings.values, path);
  const hidden = hiddenKeys(settings, path);
  if (found === undefined && hidden.length === 0) return { kind: 'default' };
  if (found !== undefined && !isObject(found) && !isList(found)) {
    return { kind: 'unreadable', why: `${path.join('.')} is no group or list` };
  }
  return { kind: 'value', keys: [...new Set([...Object.keys(found ?? {}), ...hidden])] };
}

/** Entries that are there, though their values are not known. */
function hiddenKeys({ unreadable }: Settings, path: readonly string[]): readonly string[] {
  const below = path.length === 0 ? '' : `${path.join('.')}.`;
  const own = unreadable.filter((one) => one.startsWith(below) && one !== WHOLE_FILE);
  return own.map((one) => one.slice(below.length).split('.')[0] ?? '').filter((key) => key !== '');
}

/** Lists are looked into by their indices, as PHP does. */
function valueAt(values: JsonObject, path: readonly string[]): Json | undefined {
  let current: Json | undefined = values;
  for (const key of path) current = isList(current) ? at(current, Number(key)) : at(current, key);
  return current;
}
