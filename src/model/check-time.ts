import type { CheckMeta } from './check.ts';
import type { Expectations } from './expectations.ts';
import type { TargetFacts } from './target.ts';

const DEFAULT_TIME_LIMIT_MS = 30_000;
const AROUND_RESPONSE_MS = 5_000;
/** A site that takes this long for each of many answers is slow, and works. */
const SLOW_RESPONSE_MS = 2_000;

/**
 * Milliseconds of work after which a check that sends so many requests is stopped: its own limit, or enough for slow
 * responses to all of them; and where one may take longer, that and a moment for the rest.
 */
export function timeLimitOf({ timeLimitMs }: CheckMeta, { responseLimitMs }: TargetFacts, requests: number): number {
  const own = timeLimitMs ?? Math.max(DEFAULT_TIME_LIMIT_MS, requests * SLOW_RESPONSE_MS);
  return responseLimitMs === undefined ? own : Math.max(own, responseLimitMs + AROUND_RESPONSE_MS);
}

/** Seconds at most, by what is waited for. */
export interface Waits {
  readonly limiterSeconds: number;
  readonly tasksSeconds: number;
}

/** What a check declares to wait for: the limiter, and queued tasks for as long as the profile promises. */
export function waitsOfCheck({ waitsSeconds, awaitsTasks }: CheckMeta, { dispatch }: Expectations): Waits {
  const tasks = dispatch.outcome === 'queued' ? (awaitsTasks ?? 0) : 0;
  return { limiterSeconds: waitsSeconds ?? 0, tasksSeconds: tasks * dispatch.completesWithin };
}
