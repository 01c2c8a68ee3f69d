import type { WorkerProbe } from '../model/probes.ts';
import { askShell, type ShellProbeOptions } from './shell-question.ts';

export interface WorkerOptions extends ShellProbeOptions {
  /** The operator's command, such as `php artisan stask:worker`. */
  readonly command: readonly string[];
}

/** Runs the operator's worker. One that would go on for ever did its work by the deadline, and is ended then. */
export function createWorkerProbe({ command, ...options }: WorkerOptions): WorkerProbe {
  return { run: () => askShell(options, { probe: 'worker', program: command, args: [], whenLate: 'ended' }) };
}
