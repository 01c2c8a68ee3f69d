import { randomBytes } from 'node:crypto';
import { access, constants, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode, UsageError } from '../model/errors.ts';

/** Writes for the owner alone, whole or not at all; never through a link and never over anything but a plain file. */
export async function writePrivately(path: string, text: string): Promise<void> {
  await assertWritable(path);
  // Folders of the usual mode: what is in them is for the owner alone, and others may keep reports of theirs beside it.
  await makeFolder(dirname(resolve(path)), { source: path });
  const { place } = await prepareFile(path, text);
  await place();
}

/** Makes a folder, and those above it that are missing, so that `source` can be written. */
export async function makeFolder(
  folder: string,
  { source, mode }: { readonly source: string; readonly mode?: number },
): Promise<void> {
  try {
    await makeMissing(folder, mode);
  } catch (error) {
    throw unwritable(source, error);
  }
}

/** Not with `recursive`: where no folder can be made although there is one above, as in /proc, that never ends. */
async function makeMissing(folder: string, mode: number | undefined): Promise<void> {
  if ((await statOrNothing(folder)) !== undefined) return;
  await makeMissing(dirname(folder), mode);
  try {
    await mkdir(folder, mode);
  } catch (error) {
    // Another process may have made it just now.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** A file that is written but not yet in its place. */
export interface Prepared {
  readonly place: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

/** Writes a file beside the place it is for. */
export async function prepareFile(path: string, text: string): Promise<Prepared> {
  const whole = resolve(path);
  const draft = join(dirname(whole), `.emcp-${randomBytes(6).toString('hex')}.tmp`);
  const discard = (): Promise<void> => rm(draft, { force: true });
  const orUnwritable = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await discard().catch(() => undefined);
      throw unwritable(path, error);
    }
  };
  await orUnwritable(() => writeWhole(draft, text));
  return { discard, place: () => orUnwritable(() => rename(draft, whole)) };
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Says before any work is done that a file could not be written at its end. */
export async function assertWritable(path: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind !== 'nothing' && kind !== 'file') {
    if (kind === 'link') throw followsNoLink(path);
    throw new UsageError('output-not-a-file', 'is not a file', { where: { source: path }, hint: NEW_FILE });
  }
  await assertFolderWritable(dirname(resolve(path)), path);
}

/** Says that nothing could be made in a folder, or in the nearest one above it that there is. */
export async function assertFolderWritable(folder: string, path = folder): Promise<void> {
  try {
    const found = await statOrNothing(folder);
    if (found !== undefined) {
      await access(folder, constants.W_OK | constants.X_OK);
      return;
    }
  } catch (error) {
    throw unwritable(path, error);
  }
  // A link to nothing: no folder can be made in its place.
  if ((await kindOf(folder)) === 'link') throw followsNoLink(folder);
  await assertFolderWritable(dirname(folder), path);
}

/** Why nothing could be added to a file, which may be a link and whose folder is not made; nothing where it could. */
export async function whyNotAppendable(path: string): Promise<string | undefined> {
  try {
    const found = await statOrNothing(path);
    if (found?.isDirectory() === true) return 'is a folder';
    if (found === undefined) await access(dirname(resolve(path)), constants.W_OK | constants.X_OK);
    else await access(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return `cannot be written: ${errorCode(error) ?? 'unknown error'}`;
  }
}

async function statOrNothing(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What is in a place, links not followed. */
export async function kindOf(path: string): Promise<'nothing' | 'file' | 'folder' | 'link' | 'other'> {
  try {
    const found = await lstat(resolve(path));
    if (found.isSymbolicLink()) return 'link';
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'other';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'nothing';
    throw unwritable(path, error);
  }
}

const NEW_FILE = 'name a file that does not exist yet';

function followsNoLink(path: string): UsageError {
  const where = { source: path };
  return new UsageError('output-link', 'is a symbolic link, which is not followed', { where, hint: NEW_FILE });
}

function unwritable(path: string, error: unknown): UsageError {
  return new UsageError('output-unwritable', `cannot be written: ${errorCode(error) ?? 'unknown error'}`, {
    where: { source: path },
    hint: 'name a place you may write to',
  });
}
