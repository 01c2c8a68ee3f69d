import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, UsageError, type Where } from '../model/errors.ts';

interface Reading {
  /** The flag that names the file. */
  readonly name: string;
  /** Where relative paths start. */
  readonly folder: string;
  readonly readStdin: () => Promise<string>;
}

/** The one line of a file with a secret; `-` is standard input. */
export async function readSecretFile(file: string, reading: Reading): Promise<string> {
  const { name, readStdin } = reading;
  const content = file === '-' ? await readStdin() : await readText(file, reading);
  return oneLine(content.trim(), `${name} ${file}`);
}

/** The one line that a secret is, wherever it is read from; `named` says where that is. */
export function oneLine(text: string, named: string, where?: Where): string {
  const value = text.replace(/[\r\n]+$/, '');
  const place = where === undefined ? {} : { where };
  if (value.trim() === '') {
    throw new UsageError('empty-secret', `${named} is empty`, { ...place, hint: 'put the value there, on one line' });
  }
  if (/[\r\n]/.test(value)) {
    throw new UsageError('many-lines', `${named} has more than one line`, {
      ...place,
      hint: 'keep only the value there',
    });
  }
  return value;
}

async function readText(file: string, { name, folder }: Reading): Promise<string> {
  return readFile(resolve(folder, file), 'utf8').catch((cause: unknown) => {
    throw new UsageError('unreadable-file', `cannot read ${named(name, file)} (${errorCode(cause) ?? 'unreadable'})`, {
      hint: isPlainPath(file) ? 'check the path and its permissions' : `${name} FILE, never the value itself`,
    });
  });
}

function named(name: string, file: string): string {
  return isPlainPath(file) ? `${name} ${file}` : `the file that ${name} names`;
}

/** Whether it can be repeated where it leads nowhere: it may be the secret itself, in place of the name of its file. */
export function isPlainPath(file: string): boolean {
  return /^(?!.*eyJ)[^\r\n+=]{1,200}$/.test(file) && /\/|\.[a-z]\w{0,9}$/i.test(file);
}
