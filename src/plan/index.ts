import type { AnyCheck, CheckMeta, Impact, RequestCount } from '../model/check.ts';
import type { Exclusion, Plan, PlanEntry } from '../model/plan.ts';
import { coversSection, type Profile } from '../model/profile.ts';
import type { TargetFacts } from '../model/target.ts';
import { budget, type Candidate } from './budget.ts';

export interface PlanInput {
  readonly checks: readonly AnyCheck[];
  readonly profile: Profile;
  readonly target: TargetFacts;
  readonly allow: readonly Exclude<Impact, 'read'>[];
  /** The operator accepts that limiter windows are sat out in real time. */
  readonly wait: boolean;
  /** Check ids, id prefixes or sections to which the run is narrowed; empty means what the profile selects. */
  readonly only: readonly string[];
}

/** Decides what runs, in which lane and limiter window. Nothing vanishes: every check is planned or excluded with a reason. */
export function makePlan(input: PlanInput): Plan {
  const selected = selectIds(input);
  const ordered = input.checks.toSorted(bySectionThenId);
  const excluded = new Map<string, Exclusion>();
  const candidates: Candidate[] = [];
  for (const check of ordered) {
    const exclusion = selected.has(check.id) ? exclude(check, input) : notSelected(check, input);
    if (exclusion) excluded.set(check.id, exclusion);
    else
      candidates.push({
        check,
        after: prerequisites(check, ordered, selected),
        requests: countRequests(check, input.profile),
      });
  }
  const paced = budget(candidates, { profile: input.profile, target: input.target, wait: input.wait });
  return {
    profile: input.profile.id,
    entries: ordered.map((check) => entryOf(check, excluded.get(check.id) ?? paced.refused.get(check.id), paced)),
    buckets: paced.buckets,
    windows: paced.windows,
  };
}

/** Whether a word of `--only` names this check: its id, a folder of ids, or a runbook section. */
export function isNamedBy(check: CheckMeta, word: string): boolean {
  return check.id === word || check.id.startsWith(`${word.replace(/\/$/, '')}/`) || coversSection(word, check.section);
}

function selectIds({ checks, profile, only }: PlanInput): Set<string> {
  const wanted = (check: CheckMeta): boolean =>
    only.length > 0
      ? only.some((word) => isNamedBy(check, word))
      : profile.select.checks.includes(check.id) ||
        profile.select.sections.some((section) => coversSection(section, check.section));
  const selected = new Set(checks.filter(wanted).map((check) => check.id));
  // What a check comes after is run with it: without it, nobody could say why the check is red.
  let size: number;
  do {
    size = selected.size;
    for (const check of checks.filter(({ id }) => selected.has(id))) {
      for (const id of prerequisites(check, checks)) selected.add(id);
    }
  } while (selected.size > size);
  return selected;
}

/** Declared prerequisites, and the guards of every capability the check needs (but not those that come after it). */
function prerequisites(check: CheckMeta, checks: readonly CheckMeta[], among?: ReadonlySet<string>): string[] {
  const guards = checks.filter(
    (guard) =>
      guard.id !== check.id &&
      !(guard.after ?? []).includes(check.id) &&
      (guard.guards ?? []).some((capability) => check.needs.includes(capability)) &&
      !isGuardOfSame(check, guard),
  );
  const ids = new Set([...(check.after ?? []), ...guards.map((guard) => guard.id)]);
  return [...ids].filter((id) => among?.has(id) ?? true).toSorted();
}

/** Two guards would wait for each other; the one that guards less comes first. */
function isGuardOfSame(check: CheckMeta, guard: CheckMeta): boolean {
  return (check.guards ?? []).some((capability) => guard.needs.includes(capability));
}

function notSelected(check: CheckMeta, { profile, only }: PlanInput): Exclusion {
  const why =
    only.length > 0 ? `not named by --only` : `profile ${profile.id} does not select section ${check.section}`;
  return { kind: 'not-selected', reason: why };
}

function exclude(check: CheckMeta, { profile, target, allow, wait }: PlanInput): Exclusion | undefined {
  const stated = profile.exclude[check.id];
  if (stated !== undefined) return { kind: 'profile', reason: stated };
  const unpromised = unpromisedRoute(check, profile);
  if (unpromised) return { kind: 'profile', reason: `the profile promises no ${unpromised} route` };
  const missing = check.needs.filter((capability) => !target.offers[capability].offered);
  const required = missing.find((capability) => profile.require.includes(capability));
  if (required) return { kind: 'required', reason: `${required} is required: ${target.offers[required].because}` };
  if (missing[0]) return { kind: 'absent', reason: `no ${missing[0]}: ${target.offers[missing[0]].because}` };
  if (check.impact !== 'read' && !target.isolated && !allow.includes(check.impact)) {
    return { kind: 'not-allowed', reason: `${IMPACT_WORDS[check.impact]}: --allow ${check.impact}` };
  }
  if (check.waits !== undefined && target.realTime && !wait) {
    return { kind: 'not-allowed', reason: `waits up to ${check.waits} s for the rate limiter: --wait` };
  }
  return undefined;
}

/** Credentials of a route that is promised closed are of no use. */
function unpromisedRoute({ needs }: CheckMeta, { expect }: Profile): string | undefined {
  if (!expect.mode.api && needs.some((capability) => capability === 'token' || capability === 'mint')) return 'API';
  if (!expect.mode.internal && needs.includes('session')) return 'manager';
  return undefined;
}

const IMPACT_WORDS = { write: 'leaves rows on the target', load: 'sends a burst to the target' } as const;

function countRequests(check: AnyCheck, profile: Profile): RequestCount {
  return typeof check.requests === 'function' ? check.requests(profile.expect) : check.requests;
}

function entryOf(check: AnyCheck, exclusion: Exclusion | undefined, paced: ReturnType<typeof budget>): PlanEntry {
  const meta = metaOf(check);
  const candidate = paced.planned.get(check.id);
  if (exclusion ?? !candidate) {
    return {
      kind: 'excluded',
      check: meta,
      exclusion: exclusion ?? { kind: 'budget', reason: 'no room in the rate budget' },
    };
  }
  const { after, requests, window } = candidate;
  return { kind: 'planned', check: meta, lane: check.first ? 'first' : check.impact, after, requests, window };
}

function metaOf({ run: _run, requests: _requests, ...meta }: AnyCheck): CheckMeta {
  return meta;
}

function bySectionThenId(left: CheckMeta, right: CheckMeta): number {
  return compareSections(left.section, right.section) || (left.id < right.id ? -1 : 1);
}

/** `2.10` comes after `2.9`. */
function compareSections(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
