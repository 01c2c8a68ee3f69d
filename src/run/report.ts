import { createHash } from 'node:crypto';
import { ABSENT } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import { outcomeOf, REPORT_SCHEMA, totalsOf, type CheckResult, type Report } from '../model/report.ts';
import type { Target } from '../model/target.ts';

export interface ReportInput {
  readonly version: string;
  readonly node: string;
  readonly seed: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly strict: boolean;
  /** What was asked for by name. */
  readonly only: readonly string[];
  readonly planned: NonNullable<Report['run']['planned']>;
  readonly interrupted: Report['run']['interrupted'];
  readonly profile: Profile;
  readonly plan: Plan;
  readonly results: readonly CheckResult[];
  readonly target: Target;
}

/** The run as one document; a function of its input, so the same run gives the same bytes. */
export function assembleReport(input: ReportInput): Report {
  const { profile, plan, results, target } = input;
  const journal = inOrderOf(results, target);
  return {
    schema: REPORT_SCHEMA,
    tool: { name: 'emcp', version: input.version, node: input.node },
    run: {
      id: `${input.startedAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${input.seed}`,
      seed: input.seed,
      startedAt: input.startedAt.toISOString(),
      durationMs: Math.round(input.durationMs),
      strict: input.strict,
      only: input.only,
      planned: input.planned,
      interrupted: input.interrupted,
    },
    target: target.redactor.shaped(target.facts),
    runtime: runtimeOf(results),
    profile: { ...profile, settings: target.redactor.json(profile.settings) },
    plan: planOf(plan),
    results,
    totals: totalsOf(results),
    outcome: outcomeOf(results, input),
    journal,
    journalDigest: journalDigest(journal),
  };
}

/** By which a journal that was changed afterwards is found out. */
export function journalDigest(journal: Report['journal']): string {
  return createHash('sha256').update(JSON.stringify(journal)).digest('hex');
}

/** Journal entries grouped in the order of the results, so that concurrency does not show. */
function inOrderOf(results: readonly CheckResult[], target: Target): Report['journal'] {
  const rank = new Map(results.map((result, index) => [result.check.id, index]));
  const last = results.length;
  return target
    .journal()
    .toSorted((a, b) => (rank.get(a.check) ?? last) - (rank.get(b.check) ?? last) || a.sequence - b.sequence);
}

function planOf(plan: Plan): Report['plan'] {
  const { buckets, routes, requests, windows, leftovers } = plan;
  const excluded = plan.entries.flatMap((entry) =>
    entry.kind === 'excluded'
      ? [{ check: entry.check.id, kind: entry.exclusion.kind, reason: entry.exclusion.reason }]
      : [],
  );
  return { buckets, routes, requests, windows, leftovers, excluded };
}

/** Where the target says what it is; an operator's own check cannot take these ids. */
export const MARKER_CHECKS: readonly string[] = ['protocol/initialize', 'manager/initialize'];

/** Runbook §0: what the target said of itself. */
function runtimeOf(results: readonly CheckResult[]): Report['runtime'] {
  const facts = results
    .filter(({ check }) => MARKER_CHECKS.includes(check.id))
    .flatMap(({ observations }) => observations.filter((one) => one.kind === 'fact'));
  const seen = (slug: string): string | null => {
    const fact = facts.find((one) => one.slug === slug && typeof one.actual === 'string' && one.actual !== ABSENT);
    return typeof fact?.actual === 'string' ? fact.actual : null;
  };
  return {
    platform: seen('platform'),
    platformVersion: seen('platform-version'),
    toolsetVersion: seen('toolset-version'),
  };
}
