import { readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeThrown, errorCode, UsageError } from '../model/errors.ts';
import { raceAbort } from '../boundary/race.ts';
import { blaming } from '../boundary/strays.ts';
import type { Unit } from './unit.ts';

/** A module that waits for something at its top level is waited for no longer. */
const LOADING_MS = 10_000;
const MODULE = /\.(?:ts|js|mjs)$/;

/**
 * Every module below a folder as a unit. The folder is the registry: a file whose id is not its path is refused, and a
 * folder that cannot be read is an error rather than an empty list.
 */
export async function readFolder<Whole extends { readonly id: string }>(
  dir: string,
  parse: (value: unknown, file: string) => Whole,
): Promise<Unit<Whole, Whole>[]> {
  const root = resolve(dir);
  const files = await list(root);
  return Promise.all(
    files.map(async (file) => {
      const stray = new AbortController();
      const unit = parse(await importDefault(file, stray), file);
      const path = relative(root, file).split(sep).join('/').replace(MODULE, '');
      if (unit.id !== path) {
        throw new UsageError('id-is-not-path', `the id ${unit.id} is not the path of its file`, {
          where: { source: file, key: 'id' },
          hint: `call it ${path}, or move the file`,
        });
      }
      // What it throws at its top level where nobody waits for it may come at any time.
      return { meta: unit, load: () => raceAbort(Promise.resolve(unit), stray.signal) };
    }),
  );
}

async function list(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && MODULE.test(entry.name) && !entry.name.endsWith('.d.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch (cause) {
    throw new UsageError('unreadable-folder', `cannot read the folder ${root}`, {
      where: { source: root },
      hint: errorCode(cause) === 'ENOENT' ? 'create it, or name another one' : 'check its permissions',
    });
  }
}

async function importDefault(file: string, stray: AbortController): Promise<unknown> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(`it is not done after ${LOADING_MS / 1000} s`), LOADING_MS);
  try {
    const load = (): Promise<{ default?: unknown }> => import(pathToFileURL(file).href);
    const module = await raceAbort(blaming(stray, load), AbortSignal.any([deadline.signal, stray.signal]));
    return module.default;
  } catch (cause) {
    throw new UsageError('broken-module', `cannot load ${file}: ${describeThrown(cause).reason}`, {
      where: { source: file },
      hint: file.endsWith('.ts') ? 'compile it to .mjs, or run Node 22.18 or newer' : 'fix the module',
    });
  } finally {
    clearTimeout(timer);
  }
}
