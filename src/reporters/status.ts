import type { Outcome, Report, Totals } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';

/** What has to be looked at comes first. */
export const STATUSES = ['fail', 'error', 'blocked', 'warn', 'skip', 'pass'] as const satisfies readonly Status[];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  ok: 'Passed',
  failed: 'Failed',
  blocked: 'Blocked',
  bug: 'Bug in emcp',
  interrupted: 'Interrupted',
};

const COUNTED: Readonly<Record<Status, string>> = {
  fail: 'failed',
  error: 'ended in an error of emcp',
  blocked: 'blocked',
  warn: 'with a warning',
  skip: 'skipped',
  pass: 'passed',
};

/** One sentence of counts, such as `1 failed, 2 skipped, 38 passed`. */
export function countsText(totals: Totals): string {
  const parts = STATUSES.filter((status) => totals[status] > 0).map((status) => `${totals[status]} ${COUNTED[status]}`);
  return parts.length === 0 ? 'no checks' : parts.join(', ');
}

/** What was checked, for the first and the last line of every report. */
export function targetText({ target }: Report): string {
  const place = target.url === undefined || target.url === target.label ? '' : ` at ${target.url}`;
  return `${target.label}${place}${target.insecure ? ' (TLS certificates not verified)' : ''}`;
}
