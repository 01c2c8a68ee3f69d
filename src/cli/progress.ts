import type { RunEvent } from '../model/events.ts';
import { oneLine } from '../reporters/sanitise.ts';
import type { Io } from './io.ts';

export interface Progress {
  /** Never throws: a spinner that breaks is let go, and the run goes on. */
  readonly onEvent: (event: RunEvent) => void;
  readonly end: () => void;
}

interface Spinner {
  text: string;
  readonly stop: () => unknown;
}

export interface ProgressOptions {
  readonly label: string;
  readonly quiet: boolean;
  readonly startSpinner?: (text: string) => Promise<Spinner>;
}

/** Live counts on a terminal; in a pipe only what takes a minute is announced. Nothing of it goes to stdout. */
export async function startProgress(
  io: Io,
  { label, quiet, startSpinner = startOra }: ProgressOptions,
): Promise<Progress> {
  const wanted = io.errIsTerminal && !quiet;
  let spinner = wanted ? await startSpinner(oneLine(label, 60)).catch(() => undefined) : undefined;
  const spin = (use: (one: Spinner) => void): void => {
    try {
      if (spinner) use(spinner);
    } catch {
      spinner = undefined;
    }
  };
  let done = 0;
  let planned = 0;
  return {
    onEvent(event) {
      if (event.kind === 'started') planned = event.planned;
      if (event.kind === 'check-finished') done += 1;
      if (event.kind === 'pacing') io.err(`waiting ${event.seconds} s: ${event.reason}\n`);
      if (event.kind === 'check-started') {
        const text = `${Math.min(done + 1, planned)}/${planned} ${event.check.id}`;
        spin((one) => {
          one.text = text;
        });
      }
    },
    end: () => spin((one) => void one.stop()),
  };
}

async function startOra(text: string): Promise<Spinner> {
  const { default: ora } = await import('ora');
  return ora({ text, stream: process.stderr, discardStdin: false }).start();
}
