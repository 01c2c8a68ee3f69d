import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError, type Where } from '../model/errors.ts';

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
    if (value) return value;
    throw new UsageError('empty-variable', `the variable ${variable} is not set`, {
      where,
      hint: `export ${variable}=…`,
    });
  }
  const file = resolve(folder, reference.replace(/^file:/, ''));
  const value = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError('unreadable-file', `cannot read ${file} (${cause.code ?? 'unreadable'})`, { where });
  });
  if (value.trim() === '') throw new UsageError('empty-secret', `${file} is empty`, { where });
  return value.trim();
}

/** The variable that `${env:NAME}` names. */
export function variableOf(reference: string): string | undefined {
  return /^\$\{env:(.+)\}$/.exec(reference)?.[1];
}
