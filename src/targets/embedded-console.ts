import type { ArtisanProbe, CommandResult, WorkerProbe } from '../model/probes.ts';
import type { Recorder } from '../journal/recorder.ts';
import { commandCodec } from '../probes/shell-question.ts';
import type { Console } from '../server/console/outcome.ts';

/** The console of the embedded server, for what needs artisan and as the worker of its tasks. */
export function createEmbeddedConsole(
  console: Console,
  recorder: Recorder,
): { readonly artisan: ArtisanProbe; readonly worker: WorkerProbe } {
  const run = async (probe: 'artisan' | 'worker', command: readonly string[]): Promise<CommandResult> => {
    const { value, evidence } = await recorder.record(
      commandCodec,
      { probe, request: { program: [], args: command } },
      async () => {
        const began = performance.now();
        const outcome = await console(command);
        return { ...outcome, signal: null, ms: Math.round(performance.now() - began), late: false };
      },
    );
    const { late: _late, ...result } = value;
    return { ...result, evidence };
  };
  return { artisan: { run: (args) => run('artisan', args) }, worker: { run: () => run('worker', ['stask:worker']) } };
}
