import { z } from 'zod';
import { checkMeta, type AnyCheck, type CheckMeta, type Impact, type Requests } from '../model/check.ts';
import { describeThrown } from '../model/errors.ts';
import {
  productionRefusal,
  type Exclusion,
  type Lack,
  type Plan,
  type PlanEntry,
  type PlannedEntry,
} from '../model/plan.ts';
import { deepFreeze } from '../model/json.ts';
import { prerequisites } from '../model/prerequisites.ts';
import type { Profile } from '../model/profile.ts';
import { readBucket, REPEATS_PER_CHECK, scopeFor, type RequestCount } from '../model/requests.ts';
import { covers, describeRevisions } from '../model/revisions.ts';
import { coversSection, isNamedBy } from '../model/selection.ts';
import type { TargetFacts } from '../model/target.ts';
import { budget, type Candidate, type Paced } from './budget.ts';
import { dispatchesOf, leftoversOf, routeLoads, timesOf, totalRequests } from './load.ts';
import { bySectionThenId } from './order.ts';

export interface PlanInput {
  readonly checks: readonly AnyCheck[];
  readonly profile: Profile;
  readonly target: TargetFacts;
  readonly allow: readonly Exclude<Impact, 'read'>[];
  /** The operator accepts that rate-limit windows are waited for in real time. */
  readonly wait: boolean;
  /** Check ids, id prefixes or sections to which the run is narrowed; empty means what the profile selects. */
  readonly only: readonly string[];
  /** Ids asked for by name: what becomes of them is in the results in any case. */
  readonly named: readonly string[];
  /** Begins the names of what the run leaves behind. */
  readonly prefix: string;
}

/** Decides what runs, in which lane and limiter window. Nothing vanishes: every check is planned or excluded with a reason. */
export function makePlan(input: PlanInput): Plan {
  // Handed to every check, of which none may change what the others are told.
  deepFreeze(input.profile.expect);
  deepFreeze(input.target);
  const selected = selectIds(input);
  const ordered = input.checks.toSorted(bySectionThenId);
  const excluded = new Map<string, Exclusion>();
  const candidates: Candidate[] = [];
  for (const check of ordered) {
    const found = selected.has(check.id) ? consider(check, input) : notSelected(check, input);
    if ('kind' in found) excluded.set(check.id, found);
    else candidates.push({ check, after: prerequisites(check, ordered, selected), ...found });
  }
  const paced = budget(candidates, { profile: input.profile, target: input.target, wait: input.wait });
  const entries = ordered.map((check) =>
    entryOf(check, excluded.get(check.id) ?? paced.refused.get(check.id), { paced, input }),
  );
  const planned = entries.filter((entry): entry is PlannedEntry => entry.kind === 'planned');
  const routes = routeLoads(planned);
  return {
    profile: input.profile.id,
    entries,
    buckets: paced.buckets,
    routes,
    requests: totalRequests(routes),
    repeatsPerCheck: REPEATS_PER_CHECK,
    scopes: scopesWanted(entries, input),
    windows: paced.windows,
    ...timesOf(planned, { profile: input.profile, target: input.target, windows: paced.windows }),
    leftovers: leftoversOf(planned, input),
  };
}

function selectIds({ checks, profile, only }: PlanInput): Set<string> {
  const wanted = (check: CheckMeta): boolean =>
    only.length > 0
      ? only.some((word) => isNamedBy(check, word))
      : profile.select.checks.includes(check.id) ||
        profile.select.sections.some((section) => coversSection(section, check.section));
  const selected = new Set(checks.filter(wanted).map((check) => check.id));
  // What a check comes after is run with it: without it, nothing would say why the check is red.
  let size: number;
  do {
    size = selected.size;
    for (const check of checks.filter(({ id }) => selected.has(id))) {
      for (const id of prerequisites(check, checks)) selected.add(id);
    }
  } while (selected.size > size);
  return selected;
}

function notSelected(check: CheckMeta, { profile, only }: PlanInput): Exclusion {
  const why =
    only.length > 0 ? `not named by --only` : `profile ${profile.id} does not select section ${check.section}`;
  return { kind: 'not-selected', reason: why };
}

export type Counts = Pick<Candidate, 'requests' | 'otherRequests'>;

/** What a check would send, or why it does not run. A check that cannot say it costs itself alone. */
function consider(check: AnyCheck, input: PlanInput): Exclusion | Counts {
  try {
    const counts = countsOf(check, input);
    if (check.impact === 'read' && dispatchesOf(check, counts) > 0) {
      throw new TypeError('it dispatches, which writes: impact is write, or dispatches is 0 where all are refused');
    }
    return exclude(check, counts, input) ?? counts;
  } catch (error) {
    return { kind: 'broken', reason: `the check cannot say what it needs: ${describeThrown(error).reason}` };
  }
}

/** What a check would send at most, whether it runs there or not; throws where the check cannot say it. */
export function countsOf(check: AnyCheck, where: Pick<PlanInput, 'profile' | 'target'>): Counts {
  return {
    requests: countRequests(check.requests, where),
    otherRequests: countRequests(check.otherRequests ?? {}, where),
  };
}

const requestCount = z.record(z.string(), z.int().min(0));

function countRequests(requests: Requests, { profile, target }: Pick<PlanInput, 'profile' | 'target'>): RequestCount {
  return requestCount.parse(typeof requests === 'function' ? said(requests(profile.expect, target)) : requests);
}

function exclude(check: AnyCheck, counts: Counts, input: PlanInput): Exclusion | undefined {
  const { profile, target } = input;
  const stated = profile.exclude[check.id];
  if (stated !== undefined) return { kind: 'profile', reason: stated };
  const closed = closedRoute(check, profile);
  if (closed) return { kind: 'profile', reason: `the profile expects no ${closed} route` };
  const { revisions } = check;
  if (revisions !== undefined && !profile.expect.protocolVersions.some((version) => covers(revisions, version))) {
    const reason = `the profile expects no protocol revision ${describeRevisions(revisions)}`;
    return { kind: 'inapplicable', reason };
  }
  const applies = check.applies === undefined ? true : trueOrReason(said(check.applies.test(profile.expect, target)));
  if (applies !== true) return { kind: 'inapplicable', reason: applies };
  return lacking(check, counts, input) ?? notAllowed(check, input);
}

/** A promise is no answer, and nobody else will wait for it. */
function said(value: unknown): unknown {
  if (value instanceof Promise) value.catch(() => undefined);
  return value;
}

/** What an own check says may be anything. */
function trueOrReason(answer: unknown): true | string {
  if (answer === true || (typeof answer === 'string' && answer.trim() !== '')) return answer;
  throw new TypeError('applies gives neither true nor a reason');
}

/** Credentials of a route that is expected to be closed are of no use. */
function closedRoute({ needs }: CheckMeta, { expect }: Profile): string | undefined {
  if (!expect.mode.api && needs.some((capability) => capability === 'token' || capability === 'mint')) return 'API';
  if (!expect.mode.internal && needs.includes('session')) return 'manager';
  return undefined;
}

function lacking({ needs }: CheckMeta, { requests }: Counts, { profile, target }: PlanInput): Exclusion | undefined {
  const missing = needs.filter((capability) => !target.offers[capability].offered);
  const required = missing.find((capability) => profile.require.includes(capability));
  if (required) return { kind: 'required', reason: `${required} is required: ${target.offers[required].because}` };
  const [first] = missing;
  if (first) return { kind: 'absent', lacks: first, reason: `no ${first}: ${target.offers[first].because}` };
  const scope = missingScope(requests, target);
  if (scope === undefined) return undefined;
  const reason = `the given token lacks the scope ${scope}, which the stock scope map asks for; a signing secret would do`;
  // A valid token of the runbook reads and calls; only what goes beyond that may be lacking.
  const isRequired = profile.require.includes('token') && scope !== 'mcp:admin';
  return isRequired ? { kind: 'required', reason } : { kind: 'absent', lacks: 'scope', reason };
}

/** A scope that the one given token would need and says it does not have. */
function missingScope(requests: RequestCount, { tokenScopes }: TargetFacts): string | undefined {
  if (tokenScopes === undefined || tokenScopes.includes('*')) return undefined;
  return scopesFor([requests]).find((scope) => !tokenScopes.includes(scope));
}

/** Also for what only a token, or one of its scopes, keeps from running. */
function scopesWanted(entries: readonly PlanEntry[], input: PlanInput): readonly string[] {
  const byId = new Map(input.checks.map((check) => [check.id, check]));
  const wanted = entries.flatMap((entry) => {
    if (entry.kind === 'planned') return [entry.requests];
    const check = byId.get(entry.check.id);
    return check !== undefined && lacksTokenAlone(check, entry.exclusion, input)
      ? [countsOf(check, input).requests]
      : [];
  });
  return scopesFor(wanted);
}

function lacksTokenAlone({ needs }: CheckMeta, { kind }: Exclusion, { target }: PlanInput): boolean {
  if (kind !== 'absent' && kind !== 'required') return false;
  return needs.every((capability) => capability === 'token' || target.offers[capability].offered);
}

/** The scopes a token needs for such requests on a stock server (contract §4.3), sorted. */
function scopesFor(counts: readonly RequestCount[]): readonly string[] {
  const buckets = counts.flatMap((count) => Object.keys(count).filter((bucket) => (count[bucket] ?? 0) > 0));
  const scopes = buckets.map(readBucket).flatMap(({ route, method }) => {
    return route === 'mcp' || route === 'dispatch' ? (scopeFor(method) ?? []) : [];
  });
  return [...new Set(scopes)].toSorted();
}

const IMPACTS = { write: 'leaves rows on the target', load: 'sends a burst to the target' } as const;
const IMPACT_LACKS = { write: 'allow-write', load: 'allow-load' } as const satisfies Record<string, Lack>;

function notAllowed({ impact, waitsSeconds }: CheckMeta, input: PlanInput): Exclusion | undefined {
  const { target, allow, wait } = input;
  if (impact !== 'read' && !target.isolated && !allow.includes(impact)) {
    const reason = target.production ? productionRefusal(impact) : `${IMPACTS[impact]}: --allow ${impact}`;
    return { kind: 'not-allowed', lacks: IMPACT_LACKS[impact], reason };
  }
  if (waitsSeconds !== undefined && target.realTime && !wait) {
    const reason = `waits up to ${waitsSeconds} s for the rate limiter: --wait`;
    return { kind: 'not-allowed', lacks: 'wait', reason };
  }
  return undefined;
}

interface Around {
  readonly paced: Paced;
  readonly input: PlanInput;
}

function entryOf(check: AnyCheck, exclusion: Exclusion | undefined, { paced, input }: Around): PlanEntry {
  const meta = checkMeta.parse(check);
  const named = input.named.includes(check.id);
  const candidate = paced.planned.get(check.id);
  if (candidate === undefined || exclusion !== undefined) {
    const unplaced: Exclusion = { kind: 'budget', reason: 'no room in the rate budget' };
    return { kind: 'excluded', check: meta, exclusion: exclusion ?? unplaced, named };
  }
  const { after, requests, otherRequests, window } = candidate;
  const lane = check.first ? 'first' : check.impact;
  return { kind: 'planned', check: meta, lane, after, requests, otherRequests, window, named };
}
