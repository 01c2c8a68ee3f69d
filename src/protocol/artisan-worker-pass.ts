import { outputLines, whyNotRun, type CommandOutput, type NotRun } from './artisan.ts';

export type WorkerPass =
  /** A failed task counts as processed. */
  { readonly kind: 'ran'; readonly scheduled: number; readonly processed: number } | NotRun;

const COUNTS = /^\[stask:worker\] created (\d{1,9}) scheduled tasks?(?:\(s\))?, processed (\d{1,9}) task/;

/** Reads one pass of `stask:worker`. */
export function parseWorkerPass(output: CommandOutput): WorkerPass {
  for (const line of outputLines(output)) {
    const [, scheduled, processed] = COUNTS.exec(line) ?? [];
    if (processed !== undefined) return { kind: 'ran', scheduled: Number(scheduled), processed: Number(processed) };
  }
  return whyNotRun(output);
}
