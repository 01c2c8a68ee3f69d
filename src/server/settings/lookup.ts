import { EMCP, SETTINGS, type SettingInfo } from './catalogue.ts';
import { nearestKey, UnknownSetting } from './unknown-setting.ts';

/** Settings as an operator gives them: dot keys; the `cms.settings.eMCP.` in front may be left out. */
export type SettingsInput = Readonly<Record<string, unknown>>;

/** Reads one setting by its full key, after the published values were merged over the shipped ones. */
export type Lookup = (key: string) => unknown;

const KNOWN = new Map(SETTINGS.map((info) => [info.key, info]));
const GROUPS = new Set(SETTINGS.flatMap(({ key }) => (key.startsWith(EMCP) ? parentsOf(key) : [])));

/**
 * Merges as Laravel does, at the top level only: publishing a group (`…limits: {max_payload_kb: 64}`) drops its other
 * shipped keys, whose code fallbacks then count; publishing one key by its full path leaves its neighbours alone.
 */
export function lookupIn(input: SettingsInput): Lookup {
  const published = new Map<string, unknown>();
  const replaced = new Set<string>();
  for (const [given, value] of Object.entries(input)) {
    const key = canonicalKey(given);
    if (KNOWN.has(key)) published.set(key, value);
    else {
      replaced.add(key);
      publishGroup(key, value, published);
    }
  }
  return (key) => {
    const info = infoOf(key);
    const value = published.get(key);
    if (value !== undefined && value !== null) return value;
    return published.has(key) || parentsOf(key).some((parent) => replaced.has(parent))
      ? fallbackOf(info)
      : info.shipped;
  };
}

function publishGroup(group: string, value: unknown, published: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const key = `${group}.${name}`;
    if (KNOWN.has(key)) published.set(key, inner);
    else if (GROUPS.has(key)) publishGroup(key, inner, published);
    else throw unknown(key);
  }
}

function canonicalKey(given: string): string {
  const full = KNOWN.has(given) || GROUPS.has(given) ? given : `${EMCP}${given}`;
  if (KNOWN.has(full) || GROUPS.has(full)) return full;
  throw unknown(given);
}

function unknown(key: string): UnknownSetting {
  const short = (name: string): string => (name.startsWith(EMCP) ? name.slice(EMCP.length) : name);
  const nearest = nearestKey(
    short(key),
    SETTINGS.map((info) => short(info.key)),
  );
  return new UnknownSetting(key, SETTINGS.find((info) => short(info.key) === nearest)?.key ?? nearest);
}

function infoOf(key: string): SettingInfo {
  const info = KNOWN.get(key);
  if (info === undefined) throw unknown(key);
  return info;
}

function fallbackOf(info: SettingInfo): unknown {
  return 'fallback' in info ? info.fallback : info.shipped;
}

/** `a.b.c.d.e` → the groups it lies in, below the eMCP file itself. */
function parentsOf(key: string): string[] {
  const parts = key.slice(EMCP.length).split('.');
  return parts.slice(0, -1).map((_, index) => `${EMCP}${parts.slice(0, index + 1).join('.')}`);
}
