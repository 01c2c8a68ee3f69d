import type { Lack } from '../model/plan.ts';
import { isMeasured, unmeasuredOf, type CheckResult, type Report } from '../model/report.ts';
import { isNamedBy } from '../model/selection.ts';
import { oneLine } from '../reporters/sanitise.ts';
import { needsText } from '../reporters/status.ts';
import { doctorOf, type TargetFlags } from './target-flags.ts';

/** The command that ran, for what to type next. */
export interface Ran {
  readonly command: 'check' | 'doctor';
  readonly flags: TargetFlags;
}

/**
 * The last lines on stderr, whatever the reports show: what was to be measured and was not, and why, also the sections
 * asked for of which nothing was; and what to type next after a run that did not end well.
 */
export function lastLines(report: Report, ran: Ran): readonly string[] {
  const next = nextOf(report, ran);
  const unmeasured = report.outcome === 'blocked' || report.outcome === 'ok' ? linesOfUnmeasured(report) : [];
  return next === undefined ? unmeasured : [...unmeasured, `next: ${next}`];
}

function nextOf(report: Report, ran: Ran): string | undefined {
  const { outcome, results } = report;
  switch (outcome) {
    case 'ok':
      return undefined;
    case 'failed':
      return explain(results.find(({ status }) => status === 'fail') ?? results.find(isWarning), ran);
    case 'blocked':
      return nextOfBlocked(report, ran);
    case 'bug':
      return reportBug(
        results.find(({ status }) => status === 'error'),
        ran,
      );
    case 'interrupted':
      return 'run the same command again; what was not measured is blocked in the report';
  }
}

function isWarning({ status }: CheckResult): boolean {
  return status === 'warn';
}

function explain(result: CheckResult | undefined, { flags }: Ran): string {
  return result === undefined ? 'emcp list' : `emcp explain ${result.check.id}${ownChecks(flags)}`;
}

function reportBug(result: CheckResult | undefined, { flags }: Ran): string {
  const only = result === undefined ? '' : ` --only ${result.check.id}`;
  return `report this, with the output of emcp check${only}${ownChecks(flags)} --json`;
}

function ownChecks({ checks = [] }: TargetFlags): string {
  return checks.length === 0 ? '' : ` --checks ${checks.join(' ')}`;
}

/** What is lacking can be given; what did not answer has to be looked at. */
function nextOfBlocked(report: Report, { command, flags }: Ran): string {
  const causes = unmeasuredOf(report.results, report.run).filter(({ because }) => because === undefined);
  const lacks = causes.map((result) => lackOf(result, report)).filter((lack) => lack !== undefined);
  const unanswered = causes.find((result) => result.status === 'blocked' && lackOf(result, report) === undefined);
  if (unanswered === undefined && lacks.length > 0) return `the same command with ${needsText(lacks)}`;
  if (unanswered === undefined || command === 'doctor') return explain(unanswered ?? causes[0], { command, flags });
  return doctorOf(flags);
}

function lackOf({ check, lacks }: CheckResult, { plan }: Report): Lack | undefined {
  if (lacks !== undefined) return lacks;
  const excluded = plan.excluded.find((one) => one.check === check.id);
  if (excluded?.kind === 'budget') return 'wait';
  if (excluded?.kind !== 'required') return undefined;
  return check.needs.find((capability) => excluded.reason.startsWith(`${capability} is required: `)) ?? 'scope';
}

interface Unmeasured {
  readonly check: string;
  readonly why: string;
  /** Words of `--only` that asked for it. */
  readonly words: readonly string[];
}

/** One line for each reason. */
function linesOfUnmeasured(report: Report): readonly string[] {
  const byReason = new Map<string, Unmeasured[]>();
  const inVain = wordsInVain(report);
  for (const one of [...unmeasuredChecks(report, inVain), ...leftOutChecks(report, inVain)])
    byReason.set(one.why, [...(byReason.get(one.why) ?? []), one]);
  return [...byReason].map(([why, group]) => {
    const words = [...new Set(group.flatMap((one) => one.words))];
    const asked = words.length === 0 ? '' : ` (--only ${oneLine(words.join(' '), LONGEST)})`;
    return `emcp: not measured${asked}: ${someOf(group.map(({ check }) => check))}: ${oneLine(why, LONGEST)}`;
  });
}

/** Words of `--only` of which nothing was measured. */
function wordsInVain({ results, run }: Report): readonly string[] {
  return run.only.filter((word) => !results.some((result) => isMeasured(result) && isNamedBy(result.check, word)));
}

function unmeasuredChecks({ results, run }: Report, inVain: readonly string[]): readonly Unmeasured[] {
  const asked = results.filter(({ check }) => inVain.some((word) => isNamedBy(check, word)));
  const all = new Set([...unmeasuredOf(results, run), ...asked]);
  return [...all].map(({ check, reason = 'no reason' }) => ({
    check: check.id,
    why: reason,
    words: run.only.filter((word) => isNamedBy(check, word)),
  }));
}

/** Where the profile leaves out all that a word asks for, only the plan says so. */
function leftOutChecks({ results, plan }: Report, inVain: readonly string[]): readonly Unmeasured[] {
  const words = inVain.filter((word) => !results.some(({ check }) => isNamedBy(check, word)));
  if (words.length === 0) return [];
  return plan.excluded.flatMap(({ check, kind, reason }) =>
    kind === 'profile' ? [{ check, why: reason, words }] : [],
  );
}

const LONGEST = 400;
const MOST_SHOWN = 5;

function someOf(ids: readonly string[]): string {
  const rest = ids.length - MOST_SHOWN;
  const shown = ids.slice(0, MOST_SHOWN).map((id) => oneLine(id));
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
