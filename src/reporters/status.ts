import type { Lack } from '../model/plan.ts';
import { isMeasured, type Outcome, type Report, type Totals } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';

/** What has to be looked at comes first. */
export const STATUSES = ['fail', 'error', 'blocked', 'warn', 'skip', 'pass'] as const satisfies readonly Status[];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  ok: 'Passed',
  failed: 'Failed',
  blocked: 'Blocked',
  bug: 'Internal error',
  interrupted: 'Interrupted',
};

const COUNTED: Readonly<Record<Status, string>> = {
  fail: 'failed',
  error: 'ended in an internal error',
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

/** The counts, and what was not measured for lack of something. */
export function summaryText(report: Report): string {
  const coverage = coverageText(report);
  return coverage === undefined ? countsText(report.totals) : `${countsText(report.totals)}; ${coverage}`;
}

/** What was checked, for the first and the last line of every report. */
export function targetText({ target }: Report): string {
  const place = target.url === undefined || target.url === target.label ? '' : ` at ${target.url}`;
  return `${target.label}${place}${target.insecure ? ' (TLS certificates not verified)' : ''}`;
}

/** What to give so that what was skipped is measured, by what lacks. */
const LACK_NAMES: Readonly<Record<Lack, string>> = {
  mcp: 'the API route',
  manager: 'the manager route',
  token: 'a token',
  mint: 'the secret',
  session: 'a manager session',
  unprivileged: 'the embedded server',
  login: 'a user to log in as',
  stream: 'the API route',
  artisan: 'a console',
  worker: 'a worker command',
  config: 'the settings files',
  database: 'the database',
  workspace: 'a checkout',
  'allow-write': '`--allow write`',
  'allow-load': '`--allow load`',
  wait: '`--wait`',
  scope: 'a token with more scopes',
  unstated: 'something that is lacking',
};

/**
 * How much of what concerns the target was measured, and what the rest needs, such as `19 of 67 measured; 22 need
 * \`--allow write,load\`, 9 the secret`; `undefined` where nothing is lacking.
 */
export function coverageText({ results }: Pick<Report, 'results'>): string | undefined {
  const concerned = results.filter(({ status, lacks }) => status !== 'skip' || lacks !== undefined);
  const missing = concerned.flatMap(({ status, lacks }) => (status === 'skip' && lacks !== undefined ? [lacks] : []));
  if (missing.length === 0) return undefined;
  const needs = countNeeds(missing).map(
    ([need, count], index) => `${count} ${index === 0 ? needWord(count) : ''}${need}`,
  );
  return `${concerned.filter(isMeasured).length} of ${concerned.length} measured; ${needs.join(', ')}`;
}

/** What has to be given, in words, the most frequent first. */
export function needsText(lacks: readonly Lack[]): string {
  return new Intl.ListFormat('en-GB').format(countNeeds(lacks).map(([need]) => need.replaceAll('`', '')));
}

function needWord(count: number): string {
  return count === 1 ? 'needs ' : 'need ';
}

/** The most frequent first; both impacts are one option. */
function countNeeds(missing: readonly Lack[]): readonly (readonly [need: string, count: number])[] {
  const both = missing.includes('allow-write') && missing.includes('allow-load');
  const counts = new Map<string, number>();
  for (const lack of missing) {
    const need = both && lack.startsWith('allow-') ? '`--allow write,load`' : LACK_NAMES[lack];
    counts.set(need, (counts.get(need) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
