import type { Ora } from 'ora';
import type { RunEvent } from '../model/events.ts';
import { oneLine } from '../reporters/sanitise.ts';
import type { Io } from './io.ts';

export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  readonly end: () => void;
}

/** Live counts on a terminal; in a pipe only what takes a minute is announced. Nothing of it goes to stdout. */
export async function startProgress(
  io: Io,
  { label, quiet }: { readonly label: string; readonly quiet: boolean },
): Promise<Progress> {
  const spinner = io.errIsTerminal && !quiet ? await startSpinner(oneLine(label, 60)) : undefined;
  let done = 0;
  let planned = 0;
  return {
    onEvent(event) {
      if (event.kind === 'started') planned = event.planned;
      if (event.kind === 'check-finished') done += 1;
      if (event.kind === 'pacing') io.err(`waiting ${event.seconds} s: ${event.reason}\n`);
      if (spinner && event.kind === 'check-started')
        spinner.text = `${Math.min(done + 1, planned)}/${planned} ${event.check.id}`;
    },
    end: () => void spinner?.stop(),
  };
}

async function startSpinner(text: string): Promise<Ora> {
  const { default: ora } = await import('ora');
  return ora({ text, stream: process.stderr, discardStdin: false }).start();
}
