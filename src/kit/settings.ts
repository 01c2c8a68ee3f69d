import { equals, inconclusive, type Seeing } from './observe.ts';
import type { Inconclusive, Json, SettingsFile } from './vocabulary.ts';

interface Setting {
  readonly file: SettingsFile;
  readonly path: readonly string[];
  /** What holds where the file does not say. */
  readonly shipped: Json;
  readonly expected: Json;
}

/** A setting is what is expected. What only a running program knows is no reason for either verdict. */
export function settingEquals(slug: string, { file, path, shipped, expected }: Setting): Seeing {
  const reading = file.read(...path);
  if (reading.kind === 'unreadable') return inconclusive(reading.why, slug);
  if (reading.kind === 'value') return equals(slug, { actual: reading.value, expected, seen: file });
  const note = 'not in the file, so that what the package ships holds';
  return equals(slug, { actual: shipped, expected, seen: file, note });
}

/** The entries of a list or group that break a rule, and what of it cannot be read. */
export interface Search {
  readonly found: string[];
  readonly unread: string[];
}

/** Nothing was found that breaks a rule: a finding is one whatever else is unreadable, its absence is not. */
export function* noneFound(slug: string, { found, unread }: Search, seen: readonly SettingsFile[]) {
  if (found.length > 0 || unread.length === 0) yield equals(slug, { actual: found, expected: [], seen });
  if (unread.length > 0) yield unreadable(slug, unread);
}

function unreadable(slug: string, unread: readonly string[]): Inconclusive {
  const [first = ''] = unread;
  return inconclusive(unread.length === 1 ? first : `${first}, and ${unread.length - 1} more`, slug);
}
