import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, UsageError, type Where } from '../model/errors.ts';
import { isPlainPath, oneLine } from './secret-file.ts';

export interface CredentialPlace {
  readonly where: Where;
  /** Where relative paths start. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The value behind a credential of the file. */
export async function readCredential(
  reference: string,
  { where, folder, variables }: CredentialPlace,
): Promise<string> {
  const variable = variableOf(reference);
  if (variable !== undefined) {
    const value = variables[variable];
    if (value) return oneLine(value, `the variable ${variable}`, where);
    throw unset(variable, where);
  }
  const path = reference.replace(/^file:/, '');
  const file = resolve(folder, path);
  const value = await readFile(file, 'utf8').catch((cause: unknown) => {
    const what = isPlainPath(path) ? file : 'the file that it names';
    throw new UsageError('unreadable-file', `cannot read ${what} (${errorCode(cause) ?? 'unreadable'})`, { where });
  });
  return oneLine(value.trim(), file, where);
}

/** What looks unlike a variable may be the credential itself; it is not repeated. */
function unset(variable: string, where: Where): UsageError {
  const isPlain = /^[A-Z0-9_]+$/.test(variable);
  return new UsageError('empty-variable', `the variable ${isPlain ? variable : 'that it names'} is not set`, {
    where,
    hint: isPlain ? `export ${variable}=…` : 'name a variable that holds the credential: ${env:NAME}',
  });
}

/** The variable that `${env:NAME}` names. */
export function variableOf(reference: string): string | undefined {
  return /^\$\{env:(.+)\}$/.exec(reference)?.[1];
}
