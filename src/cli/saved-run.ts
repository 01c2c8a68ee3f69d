import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
  for (const name of [SAVED_REPORT, SAVED_PAGE, MANIFEST]) await assertWritable(join(folder, name));
  const names = await readdir(folder);
  if (names.length > 0 && !(await isSavedRun(folder, names)))
    throw new UsageError('output-not-a-run', 'holds something else than a saved run', { where, hint });
}

async function isSavedRun(folder: string, names: readonly string[]): Promise<boolean> {
  if (!names.includes(MANIFEST)) return false;
  const sums = readManifest(await readFile(join(folder, MANIFEST), 'utf8'));
  return sums?.has(SAVED_REPORT) ?? false;
}
