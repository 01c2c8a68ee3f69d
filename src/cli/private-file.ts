import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';

/** Writes for the owner alone, whole or not at all; never through a link and never over anything but a plain file. */
export async function writePrivately(path: string, text: string): Promise<void> {
  await refuseUnwritable(path);
  const { place } = await prepareFile(path, text);
  await place();
}

/** A file that is written but not yet in its place. */
export interface Prepared {
  readonly place: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

export async function prepareFile(path: string, text: string): Promise<Prepared> {
  const whole = resolve(path);
  const draft = join(dirname(whole), `.${basename(whole)}.${randomBytes(6).toString('hex')}.tmp`);
  const discard = (): Promise<void> => rm(draft, { force: true });
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await discard();
    throw unwritable(path, error);
  }
  return { discard, place: () => rename(draft, whole) };
}

/** Says before any work is done that a file could not be written at its end. */
export async function refuseUnwritable(path: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind === 'nothing' || kind === 'file') return;
  const code = kind === 'link' ? 'output-link' : 'output-not-a-file';
  throw new UsageError(code, kind === 'link' ? 'is a symbolic link, which is not followed' : 'is not a file', {
    where: { source: path },
    hint: 'name a file that does not exist yet',
  });
}

export async function kindOf(path: string): Promise<'nothing' | 'file' | 'folder' | 'link' | 'other'> {
  try {
    const found = await lstat(resolve(path));
    if (found.isSymbolicLink()) return 'link';
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'nothing';
    throw unwritable(path, error);
  }
}

export function unwritable(path: string, error: unknown): UsageError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new UsageError('output-unwritable', `cannot be written: ${code}`, {
    where: { source: path },
    hint: 'name a place you may write to',
  });
}
