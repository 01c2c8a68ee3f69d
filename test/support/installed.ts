import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a program of this machine, looked for where servers are installed as well. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    ...postgresFolders(),
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** What a title says of a server that may not be installed; where it is required, its absence is a failure. */
export function unlessMissing(what: string, program: string | undefined): string {
  if (program !== undefined) return what;
  if (process.env['EMCP_CI_REQUIRE'] === '1') throw new Error(`${what} is required here and not installed`);
  return `skipped: no ${what}`;
}

function postgresFolders(): string[] {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return [];
  return readdirSync(versions).map((version) => join(versions, version, 'bin'));
}
