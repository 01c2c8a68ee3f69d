import { main } from '../../src/cli/main.ts';
import { folderWith } from './config-folder.ts';
import { testIo } from './test-io.ts';

export interface Mirrored {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One command line in a folder of its own, as a person with a pipe sees it. */
export async function mirrored(
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<Mirrored> {
  const io = testIo({ cwd: folderWith(files) });
  const code = await main(argv, io);
  return { code, out: io.written, err: io.told };
}

/** The same against the embedded server with these settings. */
export async function mirroredWith(
  settings: Readonly<Record<string, unknown>>,
  argv: readonly string[],
): Promise<Mirrored> {
  const profile = JSON.stringify({ id: 'own', title: 'Own', extends: 'hybrid', settings });
  return mirrored([...argv, '--profile', './own.yaml', '--embedded'], { 'own.yaml': profile });
}

/** The same against an installation whose console is this shell script. */
export async function mirroredBy(script: string, argv: readonly string[]): Promise<Mirrored> {
  const core = folderWith({ artisan: script });
  return mirrored([...argv, '--url', 'http://127.0.0.1:9', '--artisan', 'sh artisan', '--artisan-cwd', core]);
}
