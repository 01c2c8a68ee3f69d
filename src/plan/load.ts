import type { CheckMeta } from '../model/check.ts';
import type { Leftovers, Plan, PlannedEntry, RouteLoad } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import {
  readBucket,
  REPEATS_PER_CHECK,
  requestsIn,
  ROUTES,
  sumRequests,
  type RequestCount,
} from '../model/requests.ts';
import type { TargetFacts } from '../model/target.ts';
import { timeLimitOf, waitsOfCheck } from '../model/check-time.ts';

/** All requests by route and method, at most, whatever their identity; a window of the limiter is a minute. */
export function routeLoads(planned: readonly PlannedEntry[]): readonly RouteLoad[] {
  const total = sumRequests(planned.map(allRequests));
  const windows = [...new Set(planned.map(({ window }) => window))].map((window) =>
    sumRequests(planned.filter((entry) => entry.window === window).map(allRequests)),
  );
  return Object.entries(total)
    .filter(([, requests]) => requests > 0)
    .map(([bucket, requests]) => ({
      ...readBucket(bucket),
      requests,
      busiestMinute: Math.max(...windows.map((window) => window[bucket] ?? 0)),
    }))
    .toSorted((a, b) => ROUTES.indexOf(a.route) - ROUTES.indexOf(b.route) || (a.method < b.method ? -1 : 1));
}

function allRequests({ requests, otherRequests }: Pick<PlannedEntry, 'requests' | 'otherRequests'>): RequestCount {
  return sumRequests([requests, otherRequests]);
}

export function totalRequests(routes: readonly RouteLoad[]): number {
  return sum(routes.map(({ requests }) => requests));
}

const WINDOW_SECONDS = 61;

interface Around {
  readonly profile: Profile;
  readonly target: TargetFacts;
  readonly windows: number;
}

/**
 * Seconds at most, where time is real: for the rate limiter, and for tasks that somebody else's worker completes. From
 * them and the time limits follows what the run takes.
 */
export function timesOf(
  planned: readonly PlannedEntry[],
  { profile, target, windows }: Around,
): Pick<Plan, 'waits' | 'duration'> {
  const checks = planned.map(({ check }) => check);
  const waits = target.realTime ? checks.map((check) => waitsOfCheck(check, profile.expect)) : [];
  const leastSeconds = target.realTime ? (windows - 1) * WINDOW_SECONDS : 0;
  const limiterSeconds = leastSeconds + sum(waits.map((one) => one.limiterSeconds));
  const tasksSeconds = sum(waits.map((one) => one.tasksSeconds));
  const mostSeconds = Math.ceil(
    limiterSeconds +
      tasksSeconds +
      sum(planned.map((entry) => timeLimitOf(entry.check, target, requestsIn(allRequests(entry))))) / 1000,
  );
  return { waits: { limiterSeconds, tasksSeconds }, duration: { leastSeconds, mostSeconds } };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** Contract §8: every new dispatch leaves a record and, where it is queued, a row. */
export function leftoversOf(
  planned: readonly PlannedEntry[],
  { profile, prefix }: { readonly profile: Profile; readonly prefix: string },
): Leftovers {
  const { outcome } = profile.expect.dispatch;
  const dispatches = sum(planned.map(({ check, ...counts }) => dispatchesOf(check, counts)));
  const run = outcome === 'unavailable' ? 0 : dispatches;
  return {
    taskRows: outcome === 'queued' ? dispatches : 0,
    idempotencyRecords: run,
    auditLines: run + sum(planned.map(linesOf)),
    prefix,
  };
}

/** New dispatches a check makes at most. */
export function dispatchesOf(
  { dispatches }: CheckMeta,
  counts: Pick<PlannedEntry, 'requests' | 'otherRequests'>,
): number {
  const sent = Object.entries(allRequests(counts)).filter(([bucket]) => DISPATCH.has(readBucket(bucket).route));
  return dispatches ?? sum(sent.map(([, count]) => count));
}

const DISPATCH: ReadonlySet<string> = new Set(['dispatch', 'manager-dispatch']);

/** Lines `emcp:test` leaves, which asks the controller twice. */
const LINES_OF_CONSOLE = 2;

/**
 * Lines a check leaves besides those of the tasks it dispatches, which call the controller once more (contract §2.7):
 * one for each request but those of the token endpoint, for each that is repeated, and what the console asks.
 */
function linesOf(entry: PlannedEntry): number {
  const requests = totalRequests(routeLoads([entry]).filter(({ route }) => route !== 'login'));
  const console = entry.check.needs.includes('artisan') ? LINES_OF_CONSOLE : 0;
  return requests + (requests > 0 ? REPEATS_PER_CHECK : 0) + console;
}
