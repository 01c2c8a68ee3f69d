import { resolve } from 'node:path';
import { EXIT } from '../exit.ts';
import { renderAs, type Format } from '../formats.ts';
import type { Io } from '../io.ts';
import { loadReport } from '../load-report.ts';
import { concludeOutputs, tryOutput } from '../lost-output.ts';
import { writePrivately } from '../private-file.ts';
import { assertOwnFile, filesOfRun } from '../saved-run.ts';
import { assertSeparate } from '../separate-places.ts';

export interface ReportFlags {
  readonly format: Format;
  readonly output?: string;
  readonly verbose?: boolean;
}

/** Shows what a run came to; how it came out is not the outcome of showing it. */
export async function runReport(
  path: string,
  { format, output, verbose = false }: ReportFlags,
  io: Io,
): Promise<number> {
  const file = output === undefined ? undefined : resolve(io.cwd, output);
  if (file !== undefined) {
    await assertSeparate([
      // Of a folder these are read; and a file that is read is in the way of all that would be below it.
      { named: path, files: filesOfRun(resolve(io.cwd, path)) },
      { named: `--output ${output}`, files: [file] },
    ]);
    await assertOwnFile(file);
  }
  const report = await loadReport(resolve(io.cwd, path));
  const color = io.color && file === undefined;
  const text = await renderAs(format, report, {
    color,
    width: Math.max(60, Math.min(io.width, 200)),
    verbose,
    quiet: false,
  });
  if (file === undefined) {
    io.out(text);
    return EXIT.ok;
  }
  const lost = await tryOutput(file, () => writePrivately(file, text));
  return concludeOutputs(EXIT.ok, lost === undefined ? [] : [lost], io);
}
