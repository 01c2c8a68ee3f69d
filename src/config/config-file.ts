import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError, type Where } from '../model/errors.ts';
import { isOurs } from './environment.ts';
import { nearest } from './nearest.ts';
import { partialExpectations } from './profile-schema.ts';
import { parseYamlWithLines } from './yaml-file.ts';

export const CONFIG_NAME = 'emcp.yaml';

const text = z.string().min(1);
/** A credential is named, never written down here. */
const credential = z
  .string()
  .regex(
    /^(?:\$\{env:[A-Za-z_][A-Za-z0-9_]*\}|file:.+)$/,
    'a credential is ${env:NAME} or file:PATH, never the value itself',
  )
  .refine((value) => !isForeign(value), 'names that begin with EMCP_ are taken: call the variable something else');
const baseUrl = text
  .refine(isHttp, 'not an http or https URL such as https://example.org')
  .refine((value) => !/^[^/]*\/\/[^/]*@/.test(value), 'a URL with credentials in it: name them by env or file')
  .refine((value) => !/[?#]/.test(value), 'a base URL has neither query nor fragment');
const path = text.regex(/^(?!https?:)/i, 'a path, not a URL');
const command = text.regex(/^[^"'`$;&|<>\\]*$/, 'a command and its words, not a line for a shell');

const target = z.strictObject({
  url: baseUrl,
  apiPath: path.optional(),
  managerPath: path.optional(),
  servers: z.array(text).min(1).optional(),
  token: credential.optional(),
  secret: credential.optional(),
  issuer: text.optional(),
  cookie: credential.optional(),
  csrf: credential.optional(),
  login: z.strictObject({ username: text, password: credential, tokenPath: path.optional() }).optional(),
  artisan: command.optional(),
  artisanCwd: text.optional(),
  ssh: text.optional(),
  workerCommand: command.optional(),
  database: credential.optional(),
  tablePrefix: z.string().regex(/^\w*$/, 'letters, digits and _ only').optional(),
  workspace: text.optional(),
  allow: z.array(z.enum(['write', 'load'])).optional(),
  production: z.boolean().optional(),
  insecure: z.boolean().optional(),
  caFile: text.optional(),
  profile: text.optional(),
  expect: partialExpectations.optional(),
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
  readonly lineOf: (path: readonly string[]) => number | undefined;
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
  const { value: file, lineOf } = parseYamlWithLines(await read(source), source, configFile);
  const name = named ?? file.default;
  if (name === undefined) {
    if (config === undefined) return undefined;
    throw new UsageError('no-default', 'no target is the default one', {
      where: { source, key: 'default' },
      hint: `--target ${Object.keys(file.targets)[0] ?? 'NAME'}`,
    });
  }
  const entry = Object.hasOwn(file.targets, name) ? file.targets[name] : undefined;
  if (entry === undefined) {
    const line = named === undefined ? lineOf(['default']) : undefined;
    throw unknownTarget(name, { source, line, names: Object.keys(file.targets) });
  }
  return { name, source, folder: dirname(source), entry, lineOf };
}

/** The value behind a credential of the file. */
export async function readCredential(reference: string, place: CredentialPlace): Promise<string> {
  const { where } = place;
  const variable = variableOf(reference);
  if (variable !== undefined) {
    const value = place.env[variable];
    if (value) return value;
    throw new UsageError('empty-variable', `the variable ${variable} is not set`, {
      where,
      hint: `export ${variable}=…`,
    });
  }
  const file = resolve(place.folder, reference.replace(/^file:/, ''));
  const value = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError('unreadable-file', `cannot read ${file} (${cause.code ?? 'unreadable'})`, { where });
  });
  if (value.trim() === '') throw new UsageError('empty-secret', `${file} is empty`, { where });
  return value.trim();
}

export interface CredentialPlace {
  readonly where: Where;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

function variableOf(reference: string): string | undefined {
  return /^\$\{env:(.+)\}$/.exec(reference)?.[1];
}

/** A variable that would be refused as a misspelt one of ours. */
function isForeign(reference: string): boolean {
  const variable = variableOf(reference);
  return variable !== undefined && !isOurs(variable);
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

async function findUpwards(from: string): Promise<string | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_NAME);
    const found = await stat(file).then(
      (entry) => entry.isFile(),
      () => false,
    );
    if (found) return file;
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

interface TargetNames {
  readonly source: string;
  readonly line: number | undefined;
  readonly names: readonly string[];
}

function unknownTarget(name: string, { source, line, names }: TargetNames): UsageError {
  const meant = nearest(name, names);
  const where = line === undefined ? { source, key: 'targets' } : { source, line, key: 'default' };
  const hint = meant === undefined ? `one of ${names.join(', ')}` : `did you mean ${meant}?`;
  return new UsageError('unknown-target', `there is no target ${name}`, { where, hint });
}
