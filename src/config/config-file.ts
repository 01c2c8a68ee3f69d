import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { ALLOWED_IMPACTS } from './allowed-impacts.ts';
import { nearest } from './nearest.ts';
import { plainUrl } from './option-kinds.ts';
import { partialExpectations } from './profile-schema.ts';
import { mustBe } from './schema-words.ts';
import { targetShape } from './target-schema.ts';

export const CONFIG_NAME = 'emcp.yaml';

const text = z.string().min(1);

const target = z.strictObject({
  ...targetShape(),
  allow: z
    .array(z.enum(ALLOWED_IMPACTS), mustBe(`a list of ${ALLOWED_IMPACTS.join(', ')}`))
    .describe('what checks may do besides reading: leave rows (write), send bursts (load); not on production')
    .optional(),
  profile: text.describe('what the deployment promises: a built-in profile, or the path of a file').optional(),
  expect: partialExpectations.describe('single promises that differ from the profile').optional(),
});

/** `emcp.yaml`: named targets, and which of them is meant when none is named. */
export const configFile = z.strictObject({
  default: text.optional(),
  targets: z.record(
    z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a name must be lower-case words joined by -'),
    target,
  ),
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

export interface FoundConfig {
  /** The target that is meant, if any. */
  readonly target: NamedTarget | undefined;
  /** Base URLs of all entries that are marked as production. */
  readonly production: readonly string[];
}

export interface ConfigQuestion {
  /** `--config`: this file and no other. */
  readonly config?: string | undefined;
  /** `--target`: this entry. */
  readonly target?: string | undefined;
  readonly cwd: string;
}

/** The named target, or the default one of the file that is found upwards from the working directory; else none. */
export async function findConfig({ config, target: named, cwd }: ConfigQuestion): Promise<FoundConfig> {
  const source = config === undefined ? await findUpwards(cwd) : resolve(cwd, config);
  if (source === undefined) {
    if (named === undefined) return { target: undefined, production: [] };
    throw new UsageError('no-config', `--target ${named}: there is no ${CONFIG_NAME} here or above`, {
      hint: 'emcp init',
    });
  }
  const { parseYamlWithLines } = await import('./yaml-file.ts');
  const { value: file, lineOf } = parseYamlWithLines(await read(source), source, configFile);
  const production = Object.values(file.targets).flatMap(productionUrl);
  const name = named ?? file.default;
  if (name === undefined) {
    if (config === undefined) return { target: undefined, production };
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
  return { target: { name, source, folder: dirname(source), entry, lineOf }, production };
}

function productionUrl({ url, production }: Readonly<Record<string, unknown>>): readonly string[] {
  return production === true && typeof url === 'string' ? [plainUrl(url)] : [];
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
