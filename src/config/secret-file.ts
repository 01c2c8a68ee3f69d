import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';

interface Reading {
  /** The flag that names the file. */
  readonly name: string;
  /** Where relative paths start. */
  readonly folder: string;
  readonly readStdin: () => Promise<string>;
}

/** The one line of a file with a secret; `-` is standard input. */
export async function readSecretFile(file: string, { name, folder, readStdin }: Reading): Promise<string> {
  const content = file === '-' ? await readStdin() : await readText(resolve(folder, file), `${name} ${file}`);
  const value = content.trim();
  if (value === '') {
    throw new UsageError('empty-secret', `${name} ${file} is empty`, {
      hint: 'write the value into the file, on one line',
    });
  }
  if (/[\r\n]/.test(value)) {
    throw new UsageError('many-lines', `${name} ${file} has more than one line`, {
      hint: 'keep only the value in it',
    });
  }
  return value;
}

async function readText(path: string, named: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError('unreadable-file', `cannot read ${named} (${cause.code ?? 'unreadable'})`, {
      hint: 'check the path and its permissions',
    });
  });
}
