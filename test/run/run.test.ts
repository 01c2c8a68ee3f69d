import { describe, expect, it } from 'vitest';
import type { AnyCheck } from '../../src/model/check.ts';
import { ProtocolError, Unreachable } from '../../src/model/errors.ts';
import type { RunEvent } from '../../src/model/events.ts';
import type { AnsweredBy } from '../../src/model/answered-by.ts';
import type { Exchange } from '../../src/model/evidence.ts';
import { makePlan } from '../../src/plan/index.ts';
import { runPlan, type RunInput } from '../../src/run/index.ts';
import { fakeCheck, fakeFacts, fakeProfile, fakeTarget } from '../support/fakes.ts';

type Results = Awaited<ReturnType<typeof runPlan>>;

async function runChecks(checks: readonly AnyCheck[], change: Partial<RunInput> = {}): Promise<Results> {
  const target = change.target ?? fakeTarget(fakeFacts({ isolated: true }));
  const profile = fakeProfile();
  const plan = makePlan({
    checks,
    profile,
    target: target.facts,
    allow: [],
    wait: true,
    only: [],
    named: [],
    prefix: 'emcp-test',
  });
  const byId = new Map(checks.map((check) => [check.id, check]));
  return runPlan({
    plan,
    load: async (id) => byId.get(id) ?? Promise.reject(new Error(id)),
    target,
    expect: profile.expect,
    seed: 's',
    monotonic: () => performance.now(),
    signal: new AbortController().signal,
    concurrency: 4,
    emit: () => undefined,
    pause: async () => undefined,
    ...change,
  });
}

const never = (): Promise<never> => new Promise(() => undefined);
const yieldsHeld: AnyCheck['run'] = async function* yieldsHeld() {
  yield { kind: 'fact', slug: 'held', held: true, actual: 1, expected: 1, seen: [1] };
};
const yieldsBroken: AnyCheck['run'] = async function* yieldsBroken() {
  yield { kind: 'fact', slug: 'broken', held: false, actual: 'hush', expected: 1, seen: [1] };
};

describe('running a plan', () => {
  it('judges what each check observed', async () => {
    const results = await runChecks([
      fakeCheck('a/fail', { run: yieldsBroken }),
      fakeCheck('a/pass', { run: yieldsHeld }),
      fakeCheck('a/warn', { run: yieldsBroken, severity: 'should' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fail', 'pass', 'warn']);
  });

  it('ends what must be first before anything else starts', async () => {
    const order: string[] = [];
    const noting = (id: string): AnyCheck['run'] =>
      async function* note() {
        order.push(`${id} starts`);
        await Promise.resolve();
        yield { kind: 'fact', slug: 'held', held: true, actual: 1, expected: 1, seen: [1] };
        order.push(`${id} ends`);
      };
    const target = fakeTarget(fakeFacts({ isolated: false }));
    await runChecks(
      [fakeCheck('a/read', { run: noting('read') }), fakeCheck('b/row', { run: noting('row'), first: true })],
      { target },
    );
    expect(order.slice(0, 2)).toEqual(['row starts', 'row ends']);
  });

  it('blocks what comes after a red check, and names the first cause', async () => {
    const results = await runChecks([
      fakeCheck('a/cause', { run: yieldsBroken }),
      fakeCheck('b/middle', { after: ['a/cause'] }),
      fakeCheck('c/end', { after: ['b/middle'] }),
    ]);
    expect(results.map(({ status, because }) => [status, because])).toEqual([
      ['fail', undefined],
      ['blocked', 'a/cause'],
      ['blocked', 'a/cause'],
    ]);
  });

  it('goes on although one prerequisite holds the only slot', async () => {
    const results = await runChecks([fakeCheck('z/first'), fakeCheck('a/later', { after: ['z/first'] })], {
      concurrency: 1,
    });
    expect(results.map(({ status }) => status)).toEqual(['pass', 'pass']);
  });

  it('takes an unreachable target as blocked, a refused prerequisite as a failed observation, a throw as our bug', async () => {
    const exchange = exchangeBy({ kind: 'emcp', status: 500 });
    const results = await runChecks([
      fakeCheck('a/down', { run: throwing(new Unreachable('refused', 'nobody listens')) }),
      fakeCheck('b/protocol', { run: throwing(new ProtocolError('HTTP 500', exchange)) }),
      fakeCheck('c/bug', { run: throwing(new TypeError('hush')) }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['blocked', 'fail', 'error']);
    expect(results[1]?.observations[0]).toMatchObject({ slug: 'precondition', seen: [1] });
    expect(results[2]?.reason).toBe('TypeError: (secret)');
    expect(results[2]?.stack).not.toContain('hush');
  });

  it('ends a check at its time limit although it awaits something that never comes, and keeps what it saw', async () => {
    let cleaned = false;
    const [result] = await runChecks([
      fakeCheck('a/hangs', {
        timeLimitMs: 20,
        async *run(context) {
          context.signal.addEventListener('abort', () => {
            cleaned = true;
          });
          yield* yieldsHeld(context);
          await never();
        },
      }),
    ]);
    expect(result).toMatchObject({
      status: 'blocked',
      reason: 'time limit of 0.02 s reached; --timeout 1 makes it longer',
    });
    expect(result?.observations).toHaveLength(1);
    expect(cleaned).toBe(true);
  });

  it('gives a check no less time than the operator gives one response', async () => {
    const slow = fakeCheck('a/slow', {
      timeLimitMs: 20,
      async *run(context) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        yield* yieldsHeld(context);
      },
    });
    expect((await runChecks([slow]))[0]?.status).toBe('blocked');
    expect((await runChecks([slow], { target: fakeTarget(fakeFacts({ responseLimitMs: 1 })) }))[0]?.status).toBe(
      'pass',
    );
  });

  it('stops at once when interrupted: what runs and what was still to come is blocked', async () => {
    const controller = new AbortController();
    const hangs = fakeCheck('a/hangs', {
      async *run(context) {
        yield* yieldsHeld(context);
        controller.abort('interrupted by SIGINT');
        await never();
      },
    });
    const results = await runChecks([hangs, fakeCheck('b/later')], { signal: controller.signal, concurrency: 1 });
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([
      ['blocked', 'interrupted by SIGINT'],
      ['blocked', 'interrupted by SIGINT'],
    ]);
  });

  it('gives back what is lent only after the run was stopped', async () => {
    const controller = new AbortController();
    const target = fakeTarget(fakeFacts({ isolated: true }));
    let released = 0;
    const late = {
      ...target,
      lease: async (request: Parameters<typeof target.lease>[0]) => {
        controller.abort('interrupted by SIGINT');
        await Promise.resolve();
        const lease = await target.lease(request);
        return {
          ...lease,
          release: async () => {
            released += 1;
          },
        };
      },
    };
    const [result] = await runChecks([fakeCheck('a/a')], { target: late, signal: controller.signal });
    expect(result).toMatchObject({ status: 'blocked', reason: 'interrupted by SIGINT' });
    expect(released).toBe(1);
  });

  it('redacts an observation before anybody sees it', async () => {
    const events: RunEvent[] = [];
    await runChecks([fakeCheck('a/a', { run: yieldsBroken })], { emit: (event) => events.push(event) });
    expect(events.some((event) => event.kind === 'observed')).toBe(true);
    expect(JSON.stringify(events)).not.toContain('hush');
  });

  it('runs reads side by side, and writes one by one after them', async () => {
    const trail: string[] = [];
    const tracing = (id: string, impact: 'read' | 'write'): AnyCheck =>
      fakeCheck(id, {
        impact,
        async *run(context) {
          trail.push(`+${id}`);
          await Promise.resolve();
          yield* yieldsHeld(context);
          trail.push(`-${id}`);
        },
      });
    const checks = [
      tracing('a/w1', 'write'),
      tracing('a/w2', 'write'),
      tracing('b/r1', 'read'),
      tracing('b/r2', 'read'),
    ];
    const target = fakeTarget();
    const plan = makePlan({
      checks,
      profile: fakeProfile(),
      target: target.facts,
      allow: ['write'],
      wait: false,
      only: [],
      named: [],
      prefix: 'emcp-test',
    });
    await runChecks(checks, { plan, target });
    expect(trail.slice(0, 2)).toEqual(['+b/r1', '+b/r2']);
    expect(trail.slice(4)).toEqual(['+a/w1', '-a/w1', '+a/w2', '-a/w2']);
  });

  it('pauses between limiter windows', async () => {
    const checks = [
      fakeCheck('a/a', { requests: { initialize: 20 } }),
      fakeCheck('b/b', { requests: { initialize: 20 } }),
    ];
    const pauses: number[] = [];
    const target = fakeTarget(fakeFacts({ sharedIdentities: ['mcp'] }));
    const results = await runChecks(checks, {
      target,
      pause: async (ms) => {
        pauses.push(ms);
      },
    });
    expect(pauses).toEqual([61_000]);
    expect(results.map(({ status }) => status)).toEqual(['pass', 'pass']);
  });
});

function exchangeBy(answeredBy: AnsweredBy): Exchange {
  return {
    evidence: 1,
    answeredBy,
    request: { method: 'POST', url: 'http://127.0.0.1/' },
    status: answeredBy.status,
    headers: [],
    text: '',
    bytes: 0,
    parsed: { kind: 'not-json', why: 'empty' },
    timing: { atMs: 0, firstByteMs: 1, totalMs: 1 },
  };
}

function throwing(error: Error): AnyCheck['run'] {
  // eslint-disable-next-line require-yield -- the point is a check that ends before its first observation
  return async function* run() {
    throw error;
  };
}
