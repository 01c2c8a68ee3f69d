import type { Outcome } from '../model/report.ts';
import type { Signal } from './io.ts';

/** One exit code, as help, `emcp explain exit` and README show it. */
export interface ExitRow {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
}

/** The one table of exit codes: a command ends with one of these and no other. */
const TABLE = {
  ok: { code: 0, name: 'ok', meaning: 'all that was required was measured and holds' },
  failed: { code: 1, name: 'failed', meaning: 'something failed' },
  usage: { code: 2, name: 'usage', meaning: 'the command line or the configuration is wrong' },
  blocked: { code: 3, name: 'not measured', meaning: 'something required or asked for by name was not measured' },
  outputLost: {
    code: 4,
    name: 'output lost',
    meaning: 'it would be 0, but an output could not be written; 1 and 3 stand even so',
  },
  internalError: { code: 70, name: 'internal error', meaning: 'emcp itself is broken; please report it' },
  SIGHUP: { code: 129, name: 'SIGHUP', meaning: 'the terminal was closed; the report of what was seen is written' },
  SIGINT: { code: 130, name: 'SIGINT', meaning: 'interrupted, as by Ctrl-C; the report of what was seen is written' },
  SIGTERM: { code: 143, name: 'SIGTERM', meaning: 'terminated; the report of what was seen is written' },
} as const satisfies Record<string, ExitRow>;

export const EXIT_ROWS: readonly ExitRow[] = Object.values(TABLE);

export const EXIT = {
  ok: TABLE.ok.code,
  failed: TABLE.failed.code,
  usage: TABLE.usage.code,
  blocked: TABLE.blocked.code,
  outputLost: TABLE.outputLost.code,
  internalError: TABLE.internalError.code,
  SIGHUP: TABLE.SIGHUP.code,
  SIGINT: TABLE.SIGINT.code,
  SIGTERM: TABLE.SIGTERM.code,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The table, or some rows of it, one line each. */
export function formatExits(rows: readonly ExitRow[]): string {
  return rows.map(({ code, name, meaning }) => `  ${String(code).padEnd(4)} ${name.padEnd(15)} ${meaning}\n`).join('');
}

/** The exit code of a run by what it came to. */
export function exitOf(outcome: Outcome, interrupted: Signal | null): ExitCode {
  switch (outcome) {
    case 'ok':
      return EXIT.ok;
    case 'failed':
      return EXIT.failed;
    case 'blocked':
      return EXIT.blocked;
    case 'bug':
      return EXIT.internalError;
    case 'interrupted':
      return EXIT[interrupted ?? 'SIGINT'];
  }
}
