import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { manifestOf, MANIFEST, readManifest } from './manifest.ts';
import {
  assertFolderWritable,
  assertWritable,
  kindOf,
  makeFolder,
  prepareFile,
  type Prepared,
} from './private-file.ts';

export const SAVED_REPORT = 'report.json';
const SAVED_PAGE = 'report.html';

/** All that a saved run is. */
export function filesOfRun(folder: string): readonly string[] {
  return [SAVED_REPORT, SAVED_PAGE, MANIFEST].map((name) => join(folder, name));
}

/** Saves a run in a folder: the report with its journal, the page, and the digests of both. */
export async function saveRun(folder: string, report: Report): Promise<void> {
  await assertRunFolder(folder);
  const [{ renderJson }, { renderHtml }] = await Promise.all([
    import('../reporters/json.ts'),
    import('../reporters/html.ts'),
  ]);
  const files = { [SAVED_REPORT]: renderJson(report), [SAVED_PAGE]: renderHtml(report) };
  // All that was sent and received is in it: the folders that are made are for the owner alone.
  await makeFolder(folder, { source: folder, mode: 0o700 });
  await placeAll(folder, { ...files, [MANIFEST]: manifestOf(files) });
}

/** All are written before the first is put in its place; the manifest comes last. */
async function placeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const prepared: Prepared[] = [];
  try {
    for (const [name, text] of Object.entries(files)) prepared.push(await prepareFile(join(folder, name), text));
    for (const { place } of prepared) await place();
  } catch (error) {
    await Promise.allSettled(prepared.map(({ discard }) => discard()));
    throw error;
  }
}

/** Says before the run that it could not be saved there: only a new, an empty or an earlier saved run's folder will do. */
export async function assertRunFolder(folder: string): Promise<void> {
  const kind = await kindOf(folder);
  if (kind === 'nothing') return assertFolderWritable(dirname(folder), folder);
  const where = { source: folder };
  const hint = 'name a folder that does not exist yet';
  if (kind === 'link')
    throw new UsageError('output-link', 'is a symbolic link, which is not followed', { where, hint });
  if (kind !== 'folder') throw new UsageError('output-not-a-folder', 'is not a folder', { where, hint });
  for (const file of filesOfRun(folder)) await assertWritable(file);
  const names = await readdir(folder);
  if (names.length > 0 && !(await isSavedRun(folder)))
    throw new UsageError('output-not-a-run', 'holds something else than a saved run', { where, hint });
}

/** Says beforehand that a file could not be written, or that it belongs to a saved run, which would be one no more. */
export async function assertOwnFile(path: string): Promise<void> {
  await assertWritable(path);
  const folder = dirname(path);
  if (!filesOfRun(folder).includes(path) || !(await isSavedRun(folder))) return;
  throw new UsageError('output-in-run', `is the ${basename(path)} of a saved run`, {
    where: { source: path },
    hint: 'name another file',
  });
}

async function isSavedRun(folder: string): Promise<boolean> {
  const manifest = await readFile(join(folder, MANIFEST), 'utf8').catch(() => '');
  return readManifest(manifest)?.has(SAVED_REPORT) ?? false;
}
