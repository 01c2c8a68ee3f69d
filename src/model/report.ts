import { z } from 'zod';
import { checkMeta } from './check.ts';
import { storedEntry, type JournalEntry } from './journal-entry.ts';
import { fullJournal } from './stored-journal.ts';
import { observation } from './observation.ts';
import { bucketLoad, LACKS, leftovers, routeLoad } from './plan.ts';
import { CAPABILITIES } from './probes.ts';
import { profile } from './profile.ts';
import { isNamedBy } from './selection.ts';
import { offer, targetFacts } from './target.ts';
import { STATUSES, type Status } from './verdict.ts';

export const REPORT_SCHEMA = 'emcp.report/3';

const text = z.string();
const count = z.int().min(0);

export const checkResult = z.object({
  check: checkMeta,
  status: z.enum(STATUSES),
  /** Why, for blocked, error and skip, and what else a failure or warning left unmeasured. */
  reason: text.optional(),
  /** The check whose redness blocks this one, when that is the reason. */
  because: text.optional(),
  /** What would have to be given, for a skip that `--strict` makes red: something lacks, rather than does not apply. */
  lacks: z.enum(LACKS).optional(),
  /** Named by `--only` with its id, so that a skip is no success. */
  named: z.literal(true).optional(),
  observations: z.array(observation).readonly(),
  /** Kept for internal errors. */
  stack: text.optional(),
  /** Milliseconds from the start of the run. */
  startedMs: z.number(),
  durationMs: z.number(),
});

export type CheckResult = Readonly<z.infer<typeof checkResult>>;

/** What the run as a whole came to; `cli/exit.ts` gives each its exit code. */
export const OUTCOMES = ['ok', 'failed', 'blocked', 'bug', 'interrupted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A report as it is kept. Keys that a later version of emcp added are let through. */
export const report = z.object({
  schema: z.literal(REPORT_SCHEMA),
  tool: z.object({ name: z.literal('emcp'), version: text, node: text }),
  run: z.object({
    id: text,
    seed: text,
    /** RFC 3339. */
    startedAt: z.iso.datetime({ offset: true }),
    durationMs: z.number(),
    strict: z.boolean(),
    /** Words of `--only`; empty where the profile alone selects. */
    only: z.array(text).readonly(),
    /** What else the plan rested on; absent where a report of an older version did not keep it. */
    planned: z
      .object({
        allow: z.array(z.enum(['write', 'load'])).readonly(),
        wait: z.boolean(),
        /** Check ids, id prefixes or sections to which the run was narrowed. */
        narrowed: z.array(text).readonly(),
      })
      .optional(),
    /** The signal that ended the run early. */
    interrupted: z.enum(['SIGHUP', 'SIGINT', 'SIGTERM']).nullable(),
  }),
  target: targetFacts.extend({ offers: z.partialRecord(z.enum(CAPABILITIES), offer) }),
  /** What the target said of itself, when a check saw it (runbook §0). */
  runtime: z.object({
    platform: text.nullable(),
    platformVersion: text.nullable(),
    toolsetVersion: text.nullable(),
  }),
  profile,
  plan: z.object({
    buckets: z.array(bucketLoad).readonly(),
    routes: z.array(routeLoad).readonly(),
    requests: count,
    windows: z.number(),
    leftovers,
    excluded: z.array(z.object({ check: text, kind: text, reason: text })).readonly(),
  }),
  results: z.array(checkResult).readonly(),
  totals: z.record(z.enum(STATUSES), count),
  outcome: z.enum(OUTCOMES),
  journal: z.array(storedEntry).readonly(),
  /** SHA-256 of the journal as JSON without spaces; absent where a report of an older version had none. */
  journalDigest: text.optional(),
});

export type Report = Readonly<z.infer<typeof report>>;
export type Totals = Readonly<Record<Status, number>>;

export function totalsOf(results: readonly CheckResult[]): Totals {
  const totals: Record<Status, number> = { pass: 0, fail: 0, warn: 0, blocked: 0, error: 0, skip: 0 };
  for (const result of results) totals[result.status] += 1;
  return totals;
}

/** How a run was asked for, as far as its outcome goes by it. */
type Asking = Pick<Report['run'], 'strict' | 'only'>;

/** Interrupted > bug > failed > blocked > ok. `strict` also refuses warnings, and skips for something lacking. */
export function outcomeOf(results: readonly CheckResult[], run: Asking & Pick<Report['run'], 'interrupted'>): Outcome {
  if (run.interrupted !== null) return 'interrupted';
  const totals = totalsOf(results);
  if (totals.error > 0) return 'bug';
  if (totals.fail > 0 || (run.strict && totals.warn > 0)) return 'failed';
  if (unmeasuredOf(results, run).length > 0) return 'blocked';
  return hasMeasured(results, run) ? 'ok' : 'blocked';
}

/** Nothing measured is not a success; what a check that was asked for comes after was not asked for itself. */
function hasMeasured(results: readonly CheckResult[], { only }: Asking): boolean {
  const isAsked = ({ check }: CheckResult): boolean => only.length === 0 || only.some((word) => isNamedBy(check, word));
  return results.some((result) => isMeasured(result) && isAsked(result));
}

/** The results for which a run is no success although nothing failed: what was to be measured, and was not. */
export function unmeasuredOf(results: readonly CheckResult[], run: Asking): readonly CheckResult[] {
  const wanted = results.filter((result) => result.status === 'blocked' || isUnmet(result, run));
  return wanted.length === 0 && !hasMeasured(results, run) ? results.filter((one) => !isMeasured(one)) : wanted;
}

/** Slugs of the observations that did not hold, or of which nothing could be said. */
export function redSlugs({ observations }: Pick<CheckResult, 'observations'>): readonly string[] {
  return observations.flatMap((one) => {
    const red = one.kind === 'inconclusive' || (one.kind === 'fact' && !one.held);
    return red && one.slug !== undefined ? [one.slug] : [];
  });
}

/** Whether a check came to a verdict about the target. */
export function isMeasured({ status }: CheckResult): boolean {
  return status === 'pass' || status === 'fail' || status === 'warn';
}

/** Asked for and not measured: named by its id, or lacking something where that counts. */
function isUnmet({ status, named, lacks }: CheckResult, { strict }: Pick<Report['run'], 'strict'>): boolean {
  return status === 'skip' && (named === true || (strict && lacks !== undefined));
}

const full = new WeakMap<Report['journal'], readonly JournalEntry[]>();

/** The journal with every entry in full. */
export function journalOf({ journal }: Pick<Report, 'journal'>): readonly JournalEntry[] {
  const known = full.get(journal) ?? fullJournal(journal);
  full.set(journal, known);
  return known;
}
