import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { manifestOf, MANIFEST, readManifest } from './manifest.ts';
import { kindOf, prepareFile, refuseUnwritable, unwritable, type Prepared } from './private-file.ts';

export const KEPT_REPORT = 'report.json';
const KEPT_PAGE = 'report.html';

/** Keeps a run in a folder: the report with its journal, the page, and the digests of both. */
export async function keepRun(folder: string, report: Report): Promise<void> {
  await refuseFolder(folder);
  const [{ renderJson }, { renderHtml }] = await Promise.all([
    import('../reporters/json.ts'),
    import('../reporters/html.ts'),
  ]);
  const files = { [KEPT_REPORT]: renderJson(report), [KEPT_PAGE]: renderHtml(report) };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(folder, error);
  }
  await placeAll(folder, { ...files, [MANIFEST]: manifestOf(files) });
}

/** All are written before the first is put in its place; the manifest comes last. */
async function placeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const prepared: Prepared[] = [];
  try {
    for (const [name, text] of Object.entries(files)) prepared.push(await prepareFile(join(folder, name), text));
    for (const { place } of prepared) await place();
  } catch (error) {
    await Promise.all(prepared.map(({ discard }) => discard()));
    throw error;
  }
}

/** Says before the run that it could not be kept there: only a new, an empty or an earlier kept run's folder will do. */
export async function refuseFolder(folder: string): Promise<void> {
  const kind = await kindOf(folder);
  if (kind === 'nothing') return;
  const where = { source: folder };
  const hint = 'name a folder that does not exist yet';
  if (kind === 'link')
    throw new UsageError('output-link', 'is a symbolic link, which is not followed', { where, hint });
  if (kind !== 'folder') throw new UsageError('output-not-a-folder', 'is not a folder', { where, hint });
  for (const name of [KEPT_REPORT, KEPT_PAGE, MANIFEST]) await refuseUnwritable(join(folder, name));
  const names = await readdir(folder);
  if (names.length > 0 && !(await isKeptRun(folder, names)))
    throw new UsageError('output-not-a-run', 'holds something else than a kept run', { where, hint });
}

async function isKeptRun(folder: string, names: readonly string[]): Promise<boolean> {
  if (!names.includes(MANIFEST)) return false;
  const sums = readManifest(await readFile(join(folder, MANIFEST), 'utf8'));
  return sums?.has(KEPT_REPORT) ?? false;
}
