import { Chalk, type ChalkInstance } from 'chalk';
import { journalOf, type CheckResult, type Report } from '../model/report.ts';
import { isRed, type Status } from '../model/verdict.ts';
import { findingOf, isIntermittent, remedyOf } from './findings.ts';
import { valueText } from './json-text.ts';
import { oneLine } from './sanitise.ts';
import { sectionsOf } from './sections.ts';
import { coverageText } from './status.ts';
import { cadenceLine, keptStream } from './sparkline.ts';
import type { Style } from './style.ts';

const ID_COLUMN = 34;
const NARROW = 80;

/** The report for a person at a terminal, or in a log: one line a check, and in full what did not hold. */
export function renderTerminal(report: Report, style: Style): string {
  const paint = new Chalk({ level: style.color ? 1 : 0 });
  const parts = style.quiet
    ? [failures(report, style, paint)]
    : [head(report), sections(report, style, paint), failures(report, style, paint), missing(report)];
  return `${[...parts.filter((part) => part !== ''), last(report, paint)].join('\n')}\n`;
}

function head({ target, profile, tool, runtime }: Report): string {
  const lines = [`target: ${oneLine(target.label)}`];
  if (runtime.platform !== null)
    lines.push(`runtime: ${oneLine(`${runtime.platform} ${runtime.platformVersion ?? ''}`)}`);
  if (target.production) lines.push('production: yes');
  if (target.insecure) lines.push('TLS certificates are NOT verified');
  lines.push(`profile: ${oneLine(`${profile.id}, ${profile.title}`)} (emcp ${tool.version})`);
  return `${lines.join('\n')}\n`;
}

function sections({ results }: Report, style: Style, paint: ChalkInstance): string {
  return sectionsOf(results)
    .map(
      ({ heading, results: own }) =>
        `${paint.bold(`§${heading}`)}\n${own.map((one) => row(one, style, paint)).join('\n')}\n`,
    )
    .join('\n');
}

function row({ check, status, durationMs }: CheckResult, { width }: Style, paint: ChalkInstance): string {
  const took = status === 'skip' ? '' : `${durationMs} ms`;
  const room = width - 2 - 8 - 9;
  const id = check.id.padEnd(Math.min(ID_COLUMN, room));
  const title = width < NARROW ? '' : ` ${oneLine(check.title, Math.max(0, room - id.length - 1))}`;
  return `  ${word(status, paint)} ${`${id}${title}`.padEnd(room)}${took.padStart(9)}`.trimEnd();
}

const COLORS: Readonly<Record<Status, 'green' | 'red' | 'yellow' | 'magenta' | 'gray'>> = {
  pass: 'green',
  fail: 'red',
  blocked: 'red',
  error: 'magenta',
  warn: 'yellow',
  skip: 'gray',
};

function word(status: Status, paint: ChalkInstance): string {
  return paint[COLORS[status]](status.padEnd(7));
}

function failures(report: Report, style: Style, paint: ChalkInstance): string {
  const told = report.results.filter(({ status }) => isRed(status) || (status === 'warn' && !style.quiet));
  const causes = told.filter((result) => result.because === undefined);
  // A known hazard is known; what answers in place of eMCP at times is news.
  const warnings = causes.filter((result) => result.status === 'warn' && !isIntermittent(result));
  const shown = style.verbose ? causes : causes.filter((result) => !warnings.includes(result));
  const blocks = shown.map((result) => block(result, { report, style, paint }));
  const folded = style.verbose || warnings.length === 0 ? [] : [foldedWarnings(warnings)];
  return [...blocks, ...consequences(told), ...folded].join('\n');
}

interface Telling {
  readonly report: Report;
  readonly style: Style;
  readonly paint: ChalkInstance;
}

function block(result: CheckResult, { report, style, paint }: Telling): string {
  const { check, status, reason, observations } = result;
  const lines = [`${word(status, paint)} ${paint.bold(check.id)}: ${oneLine(check.title)}`];
  if (reason !== undefined) lines.push(`  ${oneLine(reason)}`);
  const longest = Math.max(200, style.width * 3);
  for (const fact of observations) {
    if (fact.kind !== 'fact' || fact.held) continue;
    lines.push(
      `  ${oneLine(fact.slug)}`,
      `    promised  ${valueText(fact.expected, longest)}`,
      `    came      ${valueText(fact.actual, longest)}`,
    );
    if (fact.note !== undefined) lines.push(`    note      ${oneLine(fact.note)}`);
  }
  lines.push(...cadences(result, report), `  remedy: ${oneLine(remedyOf(result))}`);
  const { curl } = findingOf(result, report);
  if (curl !== undefined) lines.push(`  again:  ${curl.line}`);
  return `${lines.join('\n')}\n`;
}

const CADENCE_WIDTH = 60;

/** When the events of a stream arrived: the shape says more than its numbers. */
function cadences({ check }: CheckResult, report: Report): string[] {
  const streams = journalOf(report).flatMap((entry) => (entry.check === check.id ? (keptStream(entry) ?? []) : []));
  return streams.map(({ arrivals, durationMs }) => {
    return `  cadence ${cadenceLine(arrivals, durationMs, CADENCE_WIDTH)} ${durationMs} ms`;
  });
}

/** One cause, not thirty: checks that are blocked because of another are only counted. */
function consequences(told: readonly CheckResult[]): string[] {
  const counts = new Map<string, number>();
  for (const { because } of told) if (because !== undefined) counts.set(because, (counts.get(because) ?? 0) + 1);
  return [...counts].map(([cause, count]) => `blocked ${count} more because of ${oneLine(cause)}\n`);
}

function foldedWarnings(warnings: readonly CheckResult[]): string {
  const ids = warnings.map(({ check }) => check.id).join(', ');
  return `warn    ${warnings.length} known ${warnings.length === 1 ? 'hazard' : 'hazards'}: ${ids} (--verbose tells more)\n`;
}

/** What was not measured, by reason: a row that lacks a secret should not have to be looked for. */
function missing({ results }: Report): string {
  const skipped = results.filter(({ status }) => status === 'skip');
  if (skipped.length === 0) return '';
  const reasons = groupReasons(skipped);
  const lines = [...reasons].map(([reason, ids]) => `skip    ${oneLine(reason)}\n        ${ids.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function groupReasons(skipped: readonly CheckResult[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { check, reason = 'no reason' } of skipped)
    reasons.set(reason, [...(reasons.get(reason) ?? []), check.id]);
  return reasons;
}

const OUTCOMES: Readonly<Record<Report['outcome'], string>> = {
  ok: 'all that was required was measured and holds',
  failed: 'something failed',
  blocked: 'nothing failed, but something required or asked for by name was not measured',
  bug: 'an internal error of emcp',
  interrupted: 'interrupted',
};

function last(report: Report, paint: ChalkInstance): string {
  const { totals, outcome, target, run } = report;
  const counts = Object.entries(totals)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  const verdict = paint[outcome === 'ok' ? 'green' : 'red'](`${outcomeText(report)}${run.strict ? ' (strict)' : ''}`);
  const where = target.kind === 'embedded' ? `\ntarget: ${oneLine(target.label)}` : '';
  return `${counts.join(', ')} in ${(run.durationMs / 1000).toFixed(1)} s:\n${verdict}${where}`;
}

/** Nothing is all that was required where much of it was not even tried. */
function outcomeText(report: Report): string {
  const { outcome, target } = report;
  const coverage = coverageText(report);
  if (coverage === undefined) return OUTCOMES[outcome];
  if (outcome !== 'ok') return `${OUTCOMES[outcome]}; ${coverage}`;
  return target.kind === 'embedded'
    ? `all that the embedded server has was measured and holds`
    : `what was measured holds: ${coverage}`;
}
