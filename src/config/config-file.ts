import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { nearest } from './nearest.ts';
import { expectations } from './profile-schema.ts';
import { parseYaml } from './yaml-file.ts';

export const CONFIG_NAME = 'emcp.yaml';

const text = z.string().min(1);
/** A credential is named, never written down here. */
const credential = z
  .string()
  .regex(
    /^(?:\$\{env:[A-Za-z_][A-Za-z0-9_]*\}|file:.+)$/,
    'a credential is ${env:NAME} or file:PATH, never the value itself',
  );

const target = z.strictObject({
  url: text,
  apiPath: text.optional(),
  managerPath: text.optional(),
  servers: z.array(text).min(1).optional(),
  token: credential.optional(),
  secret: credential.optional(),
  cookie: credential.optional(),
  csrf: credential.optional(),
  login: z.strictObject({ username: text, password: credential, tokenPath: text.optional() }).optional(),
  artisan: text.optional(),
  artisanCwd: text.optional(),
  ssh: text.optional(),
  workerCommand: text.optional(),
  database: credential.optional(),
  tablePrefix: z.string().regex(/^\w*$/, 'letters, digits and _ only').optional(),
  workspace: text.optional(),
  allow: z.array(z.enum(['write', 'load'])).optional(),
  production: z.boolean().optional(),
  insecure: z.boolean().optional(),
  caFile: text.optional(),
  profile: text.optional(),
  expect: expectations.optional(),
});

/** `emcp.yaml`: named targets, and which of them is meant when none is named. */
export const configFile = z.strictObject({
  default: text.optional(),
  targets: z.record(z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words joined by -'), target),
});

export type TargetEntry = z.infer<typeof target>;

/** A target of the configuration file, its credentials read. */
export interface NamedTarget {
  readonly name: string;
  readonly source: string;
  /** Folder that relative paths of the entry start from. */
  readonly folder: string;
  readonly entry: TargetEntry;
}

export interface ConfigQuestion {
  /** `--config`: this file and no other. */
  readonly config?: string | undefined;
  /** `--target`: this entry. */
  readonly target?: string | undefined;
  readonly cwd: string;
}

/** The named target, or the default one of the file that is found upwards from the working directory; else none. */
export async function findTarget({ config, target: named, cwd }: ConfigQuestion): Promise<NamedTarget | undefined> {
  const source = config === undefined ? await findUpwards(cwd) : resolve(cwd, config);
  if (source === undefined) {
    if (named === undefined) return undefined;
    throw new UsageError('no-config', `--target ${named}: there is no ${CONFIG_NAME} here or above`, {
      hint: 'emcp init',
    });
  }
  const file = parseYaml(await read(source), source, configFile);
  const name = named ?? file.default;
  if (name === undefined) return undefined;
  const entry = Object.hasOwn(file.targets, name) ? file.targets[name] : undefined;
  if (entry === undefined) throw unknownTarget(name, source, Object.keys(file.targets));
  return { name, source, folder: dirname(source), entry };
}

/** The value behind a credential of the file. */
export async function readCredential(reference: string, key: string, place: Credentials): Promise<string> {
  const variable = /^\$\{env:(.+)\}$/.exec(reference)?.[1];
  const where = { source: place.source, key };
  if (variable !== undefined) {
    const value = place.env[variable];
    if (value) return value;
    throw new UsageError('empty-variable', `the variable ${variable} is not set`, {
      where,
      hint: `export ${variable}=…`,
    });
  }
  const path = resolve(place.folder, reference.replace(/^file:/, ''));
  const value = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError('unreadable-file', `cannot read ${path} (${cause.code ?? 'unreadable'})`, { where });
  });
  if (value.trim() === '') throw new UsageError('empty-secret', `${path} is empty`, { where });
  return value.trim();
}

export interface Credentials {
  readonly source: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

async function findUpwards(from: string): Promise<string | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME);
    const found = await stat(path).then(
      (entry) => entry.isFile(),
      () => false,
    );
    if (found) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

async function read(source: string): Promise<string> {
  return readFile(source, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError('unreadable-config', `cannot read the configuration (${cause.code ?? 'unreadable'})`, {
      where: { source },
      hint: 'emcp init',
    });
  });
}

function unknownTarget(name: string, source: string, names: readonly string[]): UsageError {
  const meant = nearest(name, names);
  const hint = meant === undefined ? `one of ${names.join(', ')}` : `did you mean ${meant}?`;
  return new UsageError('unknown-target', `there is no target ${name}`, { where: { source, key: 'targets' }, hint });
}
