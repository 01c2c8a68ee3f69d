import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';
import { errorCode, UsageError, type Where } from '../model/errors.ts';
import { expectations, type Expectations } from '../model/expectations.ts';
import type { Profile } from '../model/profile.ts';
import { nearest } from './nearest.ts';
import { profileFile, type ProfileFile } from './profile-schema.ts';

export interface ProfilePlaces {
  /** Folder of the built-in profiles, in YAML, or in JSON as the build leaves them. */
  readonly folder: string;
  /** Where the path of an operator's own file starts. */
  readonly cwd: string;
  /** What names the profile; `--profile` where nothing is said. */
  readonly where?: Where;
}

/** A built-in profile by name, or one from a file, with everything it extends. */
export async function loadProfile(name: string, places: ProfilePlaces): Promise<Profile> {
  const chain = await readChain(name, places, []);
  return assemble(chain, name);
}

/** Names of the built-in profiles that can be run. */
export async function profileNames({ folder }: Pick<ProfilePlaces, 'folder'>): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.map((file) => parse(file).name).filter((name) => name !== 'base');
}

/** From the most general to the profile itself. */
async function readChain(name: string, places: ProfilePlaces, seen: readonly string[]): Promise<ProfileFile[]> {
  const from = seen.at(-1);
  const where = from === undefined ? (places.where ?? { source: '--profile' }) : { source: from, key: 'extends' };
  // A file names others as it finds them.
  const cwd = from === undefined ? places.cwd : dirname(from);
  const path = isPath(name) ? resolve(cwd, name) : await builtInPath({ name, where }, places);
  if (seen.includes(path)) {
    throw new UsageError('profile-ring', 'the profile extends itself', {
      where: { source: path, key: 'extends' },
      hint: 'extends: base',
    });
  }
  const file = await readProfile(path, places, where);
  const above = file.extends === undefined ? [] : await readChain(file.extends, places, [...seen, path]);
  return [...above, file];
}

function isPath(name: string): boolean {
  return isAbsolute(name) || /[/\\]|\.ya?ml$/.test(name);
}

interface Wanted {
  readonly name: string;
  readonly where: Where;
}

async function builtInPath({ name, where }: Wanted, { folder }: ProfilePlaces): Promise<string> {
  const file = (await readdir(folder)).find((one) => parse(one).name === name);
  if (file !== undefined) return join(folder, file);
  const names = await profileNames({ folder });
  const meant = nearest(name, names);
  throw new UsageError('unknown-profile', `there is no profile ${name}`, {
    where,
    hint: meant === undefined ? `one of ${names.join(', ')}, or the path of a file` : `did you mean ${meant}?`,
  });
}

/** The reader of YAML, which JSON is, too, is loaded for an operator's own profile only. */
async function readProfile(path: string, { folder }: ProfilePlaces, where: Where): Promise<ProfileFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(
      'unreadable-profile',
      `cannot read the profile ${path} (${errorCode(cause) ?? 'unreadable'})`,
      {
        where,
        hint: 'check the path, or name a built-in profile such as hybrid',
      },
    );
  });
  if (path.endsWith('.json') && dirname(path) === folder) return profileFile.parse(JSON.parse(text));
  return (await import('./yaml-file.ts')).parseYaml(text, path, profileFile);
}

function assemble(chain: readonly ProfileFile[], name: string): Profile {
  const own = chain.at(-1);
  const expect = chain.reduce<Record<string, unknown>>((below, file) => deepMerge(below, file.expect ?? {}), {});
  return {
    id: own?.id ?? name,
    title: own?.title ?? name,
    section: own?.section,
    expect: complete(expect, name),
    select: {
      sections: chain.findLast((file) => file.select?.sections)?.select?.sections ?? [],
      checks: chain.findLast((file) => file.select?.checks)?.select?.checks ?? [],
    },
    require: chain.findLast((file) => file.require)?.require ?? [],
    exclude: mergeAll(chain.map((file) => file.exclude ?? {})),
    settings: mergeAll(chain.map((file) => file.settings ?? {})),
  };
}

/** A later one wins, key by key. */
function mergeAll<Value>(records: readonly Readonly<Record<string, Value>>[]): Record<string, Value> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}

/** The profile with single expectations replaced, as an entry of `emcp.yaml` may. */
export function withExpectations(profile: Profile, expect: ProfileFile['expect']): Profile {
  return expect === undefined
    ? profile
    : { ...profile, expect: complete(deepMerge({ ...profile.expect }, expect), profile.id) };
}

/** A profile that leaves an expectation open would leave its checks without anything to compare with. */
function complete(expect: object, name: string): Expectations {
  // An empty group names the key that is missing in it.
  const groups = { mode: {}, rate: {}, limits: {}, dispatch: {}, worker: {} };
  const parsed = expectations.safeParse({ ...groups, ...expect });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = issue?.path.map(String).join('.') ?? '';
  throw new UsageError('incomplete-profile', `the profile ${name} says nothing of ${key}`, {
    where: { source: name, key: `expect.${key}` },
    hint: 'extends: base',
  });
}

/** Objects by key; everything else, lists too, is replaced. */
function deepMerge(below: Readonly<Record<string, unknown>>, above: Readonly<Record<string, unknown>>) {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = merged[key];
    merged[key] = isRecord(old) && isRecord(value) ? deepMerge(old, value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
