import type { ArtisanProbe, CommandResult, WorkerProbe } from '../model/probes.ts';
import type { Recorder } from '../journal/recorder.ts';
import type { Console } from '../server/console/outcome.ts';

/** The console of the embedded server, for what needs artisan and as the worker of its tasks. */
export function createEmbeddedConsole(
  console: Console,
  recorder: Recorder,
): { readonly artisan: ArtisanProbe; readonly worker: WorkerProbe } {
  const run = async (probe: 'artisan' | 'worker', command: readonly string[]): Promise<CommandResult> => {
    const question = { command: [...command] };
    const { value, evidence } = await recorder.ask({ probe, question }, async () => {
      const began = performance.now();
      const outcome = await console(command);
      const result = { ...outcome, signal: null, ms: Math.round(performance.now() - began) };
      return { value: result, outcome: result };
    });
    return { ...value, evidence };
  };
  return { artisan: { run: (args) => run('artisan', args) }, worker: { run: () => run('worker', ['stask:worker']) } };
}
