import type { Outcome } from '../model/report.ts';

/** The one table of exit codes. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  blocked: 3,
  bug: 70,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitOf(outcome: Outcome, interrupted: 'SIGINT' | 'SIGTERM' | null): ExitCode {
  return outcome === 'interrupted' ? EXIT[interrupted ?? 'SIGINT'] : EXIT[outcome];
}

/** The last line on stderr of a run that did not end well: what to type next. */
export function nextCommand(outcome: Outcome, firstRed: string | undefined): string | undefined {
  switch (outcome) {
    case 'ok':
      return undefined;
    case 'failed':
      return `next: emcp explain ${firstRed ?? 'CHECK'}`;
    case 'blocked':
      return 'next: emcp doctor';
    case 'bug':
      return `next: report this, with the output of emcp check --only ${firstRed ?? 'CHECK'} --json`;
    case 'interrupted':
      return 'next: run the same command again; what was not measured is blocked in the report';
  }
}
