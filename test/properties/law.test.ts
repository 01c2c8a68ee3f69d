import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { completeInstallation } from '../../src/config/installation.ts';
import type { RunEvent } from '../../src/model/events.ts';
import type { Plan } from '../../src/model/plan.ts';
import { REPEATS_PER_CHECK, sumRequests } from '../../src/model/requests.ts';
import { makePlan } from '../../src/plan/index.ts';
import { runPlan } from '../../src/run/index.ts';
import { withTarget } from '../../src/targets/open.ts';
import { fakeProfile, stockExpectations } from '../support/fakes.ts';
import { listening } from '../support/listening.ts';

const SECRET = 'law-secret-0123456789abcdef0123456789abc';
const catalogue = await openCatalogue();
const checks = await Promise.all(catalogue.checks.map(({ id }) => catalogue.load(id)));
// Time is real here: a task is waited for a moment only, and rate/recovery, which waits for a minute, is left out.
const expectations = { ...stockExpectations, dispatch: { ...stockExpectations.dispatch, completesWithin: 0.2 } };
const profile = fakeProfile({ expect: expectations, select: { sections: [], checks: checks.map(({ id }) => id) } });

/** Every HTTP request that leaves this process, as the client itself tells when it writes the head. */
const left: { readonly requestId: string; readonly atMs: number }[] = [];
const onHeaders = (message: unknown): void => {
  left.push({ requestId: requestIdOf(message) ?? '(none)', atMs: performance.now() });
};

beforeAll(() => subscribe('undici:client:sendHeaders', onHeaders));
afterAll(() => void unsubscribe('undici:client:sendHeaders', onHeaders));

interface Seen {
  readonly plan: Plan;
  /** When each check's verdict was given. */
  readonly verdicts: ReadonlyMap<string, number>;
  /** The check of each request id that was journaled. */
  readonly checkOf: ReadonlyMap<string, string>;
  readonly sent: ReadonlyMap<string, number>;
}

/** A run against a server of its own, as any installation, in which every check may work so long. */
async function run(timeLimitMs: number, seed: string): Promise<Seen> {
  left.length = 0;
  const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
  return withTarget(completeInstallation({ url, secret: SECRET }), async (target) => {
    const planning = { allow: ['write', 'load'], wait: false, only: [], named: [], prefix: 'emcp-law' } as const;
    const limited = checks.map((check) => (timeLimitMs === undefined ? check : { ...check, timeLimitMs }));
    const plan = makePlan({ checks: limited, profile, target: target.facts, ...planning });
    const verdicts = new Map<string, number>();
    const emit = (event: RunEvent): void => {
      if (event.kind === 'check-finished') verdicts.set(event.result.check.id, performance.now());
    };
    const known = new Map(limited.map((check) => [check.id, check]));
    await runPlan({
      plan,
      load: async (id) => known.get(id) ?? Promise.reject(new Error(id)),
      target,
      expect: profile.expect,
      seed,
      monotonic: () => performance.now(),
      signal: new AbortController().signal,
      concurrency: 4,
      emit,
      pause: async () => undefined,
    });
    const checkOf = new Map<string, string>();
    const sent = new Map<string, number>();
    for (const entry of target.journal()) {
      if ('ids' in entry && entry.ids[1] !== undefined) checkOf.set(entry.ids[1], entry.check);
    }
    for (const { requestId } of left) {
      const check = checkOf.get(requestId);
      if (check !== undefined) sent.set(check, (sent.get(check) ?? 0) + 1);
    }
    return { plan, verdicts, checkOf, sent };
  });
}

describe('the law at the HTTP client', () => {
  it('holds for all checks at any time limit: nothing outside the plan, nothing after a verdict', async () => {
    const whole = process.env['EMCP_CI_REQUIRE'] === '1';
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 250 }), fc.stringMatching(/^[a-z0-9]{4,8}$/), async (limit, seed) => {
        const { plan, verdicts, checkOf, sent } = await run(limit, seed);
        const late = left.filter(({ requestId, atMs }) => atMs > (verdicts.get(checkOf.get(requestId) ?? '') ?? 0));
        expect(late).toEqual([]);
        for (const entry of plan.entries) {
          const count = sent.get(entry.check.id) ?? 0;
          expect({ check: entry.check.id, beyond: Math.max(0, count - allowedBy(entry)) }).toEqual({
            check: entry.check.id,
            beyond: 0,
          });
        }
        if (limit >= 100) expect(left.length).toBeGreaterThan(0);
        expect(left.length).toBeLessThanOrEqual(plan.requests);
      }),
      { numRuns: whole ? 12 : 3 },
    );
  });
});

function allowedBy(entry: Plan['entries'][number]): number {
  if (entry.kind === 'excluded') return 0;
  const all = Object.values(sumRequests([entry.requests, entry.otherRequests]));
  return all.reduce((sum, count) => sum + count, REPEATS_PER_CHECK);
}

/** The request id of a request that is being written, from its head. */
function requestIdOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('headers' in message)) return undefined;
  return /x-request-id: (\S+)/i.exec(String(message.headers))?.[1];
}
