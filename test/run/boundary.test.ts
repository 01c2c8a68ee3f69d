import { describe, expect, it } from 'vitest';
import type { AnyCheck } from '../../src/model/check.ts';
import { Blocked } from '../../src/model/errors.ts';
import redirect from '../../src/faults/front/redirect.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { RouteProbe } from '../../src/model/probes.ts';
import { isMeasured, outcomeOf, type CheckResult } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import { makePlan, type PlanInput } from '../../src/plan/index.ts';
import { runPlan, type RunInput } from '../../src/run/index.ts';
import { realClock } from '../../src/probes/clock.ts';
import { fakeCheck, fakeFacts, fakeProfile, fakeTarget, stockExpectations } from '../support/fakes.ts';
import { trial } from '../support/trial.ts';

interface Change {
  readonly run?: Partial<RunInput>;
  readonly plan?: Partial<PlanInput>;
}

async function runChecks(checks: readonly AnyCheck[], { run, plan }: Change = {}): Promise<readonly CheckResult[]> {
  const target = run?.target ?? fakeTarget(fakeFacts({ isolated: true }));
  const profile = fakeProfile();
  const byId = new Map(checks.map((check) => [check.id, check]));
  const planning = { allow: [], wait: true, only: [], named: [], prefix: 'emcp-test', ...plan };
  return runPlan({
    plan: makePlan({ checks, profile, target: target.facts, ...planning }),
    load: async (id) => byId.get(id) ?? Promise.reject(new Error(`no module ${id}`)),
    target,
    expect: profile.expect,
    seed: 's',
    monotonic: () => performance.now(),
    signal: new AbortController().signal,
    concurrency: 4,
    emit: () => undefined,
    pause: async () => undefined,
    ...run,
  });
}

/** What an operator's own check may yield, which no type holds back. */
function yielding(...values: readonly unknown[]): AnyCheck['run'] {
  const generator = async function* own(): AsyncGenerator<unknown, void, void> {
    yield* values;
  };
  return generator as AnyCheck['run'];
}

function endless(): readonly unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

const fact = { kind: 'fact', slug: 'seen', held: true, actual: 1, expected: 1, seen: [1] };

describe('one boundary around a check', () => {
  it.each([
    ['null', null, 'the check yields no observation'],
    ['a text', 'pass', 'the check yields no observation'],
    ['a fact that holds in words', { ...fact, held: 'no' }, 'held'],
    ['a fact without a slug', { ...fact, slug: '' }, 'slug'],
    ['a value that is no JSON', { ...fact, actual: undefined }, 'actual'],
    ['a number that is none', { ...fact, actual: [Number.NaN] }, 'actual'],
    ['a value of a class', { ...fact, expected: { at: new Date(0) } }, 'expected'],
    ['a value that contains itself', { ...fact, actual: endless() }, 'actual'],
    ['a kind that is none', { ...fact, kind: 'pass' }, 'kind'],
    ['a fact that was read from nothing', { ...fact, seen: [] }, 'without anything it was read from'],
    ['a fact that was read from an entry that is not there', { ...fact, seen: [7] }, 'entry 7'],
    ['a reason of blanks', { kind: 'inconclusive', reason: ' ' }, 'without a reason'],
  ])('a check that yields %s costs itself and nothing else', async (_name, value, why) => {
    const results = await runChecks([fakeCheck('a/own', { run: yielding(value) }), fakeCheck('b/other')]);
    expect(results.map(({ status }) => status)).toEqual(['error', 'pass']);
    expect(results[0]?.reason).toContain(why);
  });

  it.each<[string, () => unknown]>([
    [
      'a synchronous generator',
      function* run() {
        yield fact;
      },
    ],
    ['a function that yields nothing', () => undefined],
    ['an asynchronous function', async () => fact],
    ['a list of observations', () => [fact]],
  ])('a check whose run is %s is told what it should be', async (_name, run) => {
    const own = fakeCheck('a/own', { run: run as AnyCheck['run'] });
    const results = await runChecks([own, fakeCheck('b/other')]);
    expect(results).toMatchObject([
      { status: 'error', reason: expect.stringContaining('write it as async *run(context)') as string },
      { status: 'pass' },
    ]);
  });

  it('a check whose module does not load costs itself and nothing else', async () => {
    const results = await runChecks([fakeCheck('a/own'), fakeCheck('b/other')], {
      run: { load: async (id) => (id === 'a/own' ? Promise.reject(new Error('broken module')) : fakeCheck(id)) },
    });
    expect(results.map(({ status }) => status)).toEqual(['error', 'pass']);
    expect(results[0]?.reason).toContain('broken module');
  });

  it.each([
    [
      'requests',
      {
        requests: () => {
          throw new TypeError('broken');
        },
      },
    ],
    ['a negative number of requests', { requests: { initialize: -1 } }],
    [
      'applies',
      {
        applies: {
          when: 'never',
          test: () => {
            throw new TypeError('broken');
          },
        },
      },
    ],
  ] as [string, Partial<AnyCheck>][])(
    'a check that cannot say its %s costs itself and nothing else',
    async (_name, change) => {
      const results = await runChecks([fakeCheck('a/own', change), fakeCheck('b/other')]);
      expect(results.map(({ status }) => status)).toEqual(['error', 'pass']);
      expect(results[0]?.reason).toContain('cannot say what it needs');
    },
  );

  it('a hazard that is seen and then not measured to its end is no warning', async () => {
    const run: AnyCheck['run'] = async function* seen() {
      yield { kind: 'fact', slug: 'seen', held: false, actual: 2, expected: 1, seen: [1] };
      throw new Blocked('the database is gone');
    };
    const [result] = await runChecks([fakeCheck('a/own', { severity: 'should', run })]);
    expect(result).toMatchObject({ status: 'blocked', reason: 'the database is gone' });
  });
});

describe('one time limit around a check', () => {
  /** The fake target with time that passes. */
  const inTime: Target = {
    ...fakeTarget(),
    lease: async (request) => ({
      ...(await fakeTarget().lease(request)),
      clock: realClock(request.signal),
    }),
  };
  const waiting = (seconds: number, change: Partial<AnyCheck>): AnyCheck =>
    fakeCheck('a/waits', {
      timeLimitMs: 40,
      ...change,
      async *run({ clock }) {
        await clock.wait(seconds * 1000);
        yield { kind: 'fact', slug: 'seen', held: true, actual: 1, expected: 1, seen: [1] };
      },
    });
  const ofWaiting = async (check: AnyCheck, expect = stockExpectations): Promise<CheckResult | undefined> => {
    const [result] = await runChecks([check], { run: { target: inTime, expect } });
    return result;
  };
  const within = (completesWithin: number): typeof stockExpectations => ({
    ...stockExpectations,
    dispatch: { outcome: 'queued', completesWithin },
  });

  it.each([
    ['it does not declare', waiting(1e6, {}), 'waiting longer than the 0 s it may'],
    ['longer than it declares', waiting(1e6, { waitsSeconds: 0.05 }), 'waiting longer than the 0.05 s it may'],
    ['for a task longer than the profile promises', waiting(1e6, { awaitsTasks: 1 }), 'longer than the 0.06 s it may'],
  ])('ends a wait that %s', async (_name, check, why) => {
    const result = await ofWaiting(check, within(0.06));
    expect(result).toMatchObject({ status: 'blocked', reason: expect.stringContaining(why) as string });
  });

  it('ends a check that works on while it has forgotten a wait', async () => {
    const check = fakeCheck('a/forgets', {
      timeLimitMs: 300,
      async *run({ clock }) {
        void clock.wait(1e9);
        yield await new Promise<Observation>(() => undefined);
      },
    });
    expect(await ofWaiting(check)).toMatchObject({ status: 'blocked' });
  });

  it.each([
    ['for the limiter', waiting(0.1, { waitsSeconds: 10 })],
    ['for queued tasks', waiting(0.1, { awaitsTasks: 2 })],
  ])('leaves the waits alone that are declared %s', async (_name, check) => {
    expect(await ofWaiting(check, within(5))).toMatchObject({ status: 'pass' });
  });
});

describe('one order', () => {
  it('a check that reads comes after one that writes, also where nothing is isolated', async () => {
    const trail: string[] = [];
    const noting = (id: string, change: Partial<AnyCheck>): AnyCheck =>
      fakeCheck(id, {
        ...change,
        async *run() {
          trail.push(id);
          yield { kind: 'fact', slug: 'seen', held: true, actual: 1, expected: 1, seen: [1] };
        },
      });
    const checks = [
      noting('a/reads', { after: ['c/writes'] }),
      noting('b/reads-later', { after: ['a/reads'] }),
      noting('c/writes', { impact: 'write' }),
      noting('d/reads', {}),
    ];
    const target = fakeTarget();
    await runChecks(checks, { run: { target }, plan: { allow: ['write'], wait: false } });
    expect(trail).toEqual(['d/reads', 'c/writes', 'a/reads', 'b/reads-later']);
  });

  it('a check that reads is blocked by a red one that writes', async () => {
    const run: AnyCheck['run'] = async function* red() {
      yield { kind: 'fact', slug: 'seen', held: false, actual: 2, expected: 1, seen: [1] };
    };
    const checks = [fakeCheck('a/reads', { after: ['c/writes'] }), fakeCheck('c/writes', { impact: 'write', run })];
    const results = await runChecks(checks, { run: { target: fakeTarget() }, plan: { allow: ['write'], wait: false } });
    expect(results.map(({ status }) => status)).toEqual(['blocked', 'fail']);
  });
});

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

/** An own check that sends, and goes on sending or not. */
function sending(declared: number, run: (mcp: RouteProbe) => Promise<void>): AnyCheck {
  return fakeCheck('own/sending', {
    needs: ['mcp'],
    requests: {},
    otherRequests: { 'tools/list': declared },
    async *run({ mcp }) {
      if (!mcp) return;
      const seen = await mcp.send({ body: LIST });
      await run(mcp);
      yield { kind: 'fact', slug: 'seen', held: true, actual: 1, expected: 1, seen: [seen.evidence] };
    },
  });
}

describe('an error of a check', () => {
  const nameless: unknown = Object.create(null);
  const brokenStack = Object.assign(new Error('x'), { stack: {} });
  const symbolic = Object.assign(new Error('x'), { message: Symbol('m') });
  const unaskable: unknown = new Proxy(
    {},
    {
      getPrototypeOf() {
        throw new Error('no');
      },
    },
  );
  it.each([
    ['an object without a prototype', nameless, 'cannot be put into words'],
    ['nothing', undefined, 'undefined'],
    ['an error whose stack is none', brokenStack, 'x'],
    ['an error whose message is none', symbolic, 'cannot be put into words'],
    ['what cannot even be asked for its kind', unaskable, 'Error: no'],
  ])('may be %s, and costs that check alone', async (_name, thrown, words) => {
    const run = async function* (): AsyncGenerator<Observation, void, void> {
      yield await Promise.reject<Observation>(thrown);
    };
    const results = await runChecks([fakeCheck('a/own', { run }), fakeCheck('b/other')]);
    expect(results).toMatchObject([
      { status: 'error', reason: expect.stringContaining(words) as string },
      { status: 'pass' },
    ]);
  });

  it('is a promise that nobody waits for, also when it fails just before the check ends', async () => {
    const run = async function* (): AsyncGenerator<Observation, void, void> {
      void Promise.reject(new Error('forgotten'));
      yield { kind: 'fact', slug: 'seen', held: true, actual: 1, expected: 1, seen: [1] };
    };
    const [result] = await runChecks([fakeCheck('a/own', { run })]);
    expect(result).toMatchObject({ status: 'error', reason: expect.stringContaining('forgotten') as string });
  });

  it('is a promise where a plan is made, which nobody else waits for', async () => {
    const rejected = (): never => Promise.reject(new Error('later')) as never;
    const results = await runChecks([
      fakeCheck('a/requests', { requests: rejected }),
      fakeCheck('a/applies', { applies: { when: 'it likes', test: rejected } }),
      fakeCheck('b/other'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['error', 'error', 'pass']);
  });

  it('is a dispatch it calls reading', async () => {
    const requests = { 'dispatch:tools/call': 1 };
    const [undeclared, refused] = await runChecks([
      fakeCheck('a/dispatches', { requests }),
      fakeCheck('a/refused', { requests, dispatches: 0 }),
    ]);
    expect([undeclared?.reason, refused?.status]).toEqual([
      expect.stringContaining('it dispatches, which writes'),
      'pass',
    ]);
  });

  it('is what it would change for all others', async () => {
    const own = fakeCheck('a/own', {
      async *run(context) {
        Object.assign(context.expect.rate, { perMinute: 1 });
        yield fact as Observation;
      },
    });
    const [changed, other] = await runChecks([own, fakeCheck('b/other')]);
    expect([changed?.status, changed?.reason, other?.status]).toEqual([
      'error',
      expect.stringContaining('read only'),
      'pass',
    ]);
  });

  it('is to yield without end, which keeps neither time nor signals from coming', async () => {
    const flood = fakeCheck('a/flood', {
      async *run() {
        for (;;) yield { kind: 'inconclusive', reason: 'again' };
      },
    });
    const [result] = await runChecks([flood]);
    expect(result).toMatchObject({ status: 'error', reason: 'TypeError: the check yields more than 10000' });
    const stop = AbortSignal.timeout(20);
    expect((await runChecks([flood], { run: { signal: stop } }))[0]?.status).toBe('blocked');
  });

  it.each([false, null, {}, ''])('is an applicability of %j', async (said) => {
    const applies = { when: 'it likes', test: () => JSON.parse(JSON.stringify(said)) as true };
    const results = await runChecks([fakeCheck('a/own', { applies }), fakeCheck('b/other')]);
    expect(results.map(({ status }) => status)).toEqual(['error', 'pass']);
  });
});

describe('the law', () => {
  it('ends a check at once that asked for more, though it goes on', async () => {
    const check = sending(1, async (mcp) => {
      await mcp.send({ body: LIST });
      await mcp.send({ body: LIST }).catch(() => undefined);
      await new Promise(() => undefined);
    });
    const result = await trial(check, { timeLimitMs: 20_000 });
    expect(result).toMatchObject({ status: 'error', reason: expect.stringContaining('tools/list') as string });
    expect(result.durationMs).toBeLessThan(5_000);
  });

  it.each([
    ['the dispatch of the route', { path: '/api/v1/mcp/{server}/dispatch' }, 'dispatch:tools/list'],
    ['the other route', { path: '/emcp/{server}' }, 'elsewhere:tools/list'],
    ['a path of the site', { path: '/manager/index.php?a=1' }, 'elsewhere:tools/list'],
    ['a way out of the route', { server: '..' }, 'elsewhere:tools/list'],
    ['a dispatch in the name of a server', { server: 'content/dispatch' }, 'elsewhere:tools/list'],
    ['a dispatch behind an escape', { path: '/api/v1/mcp/content%2Fdispatch' }, 'elsewhere:tools/list'],
  ])('counts where a request really goes: %s', async (_name, where, bucket) => {
    const result = await trial(
      sending(3, async (mcp) => {
        await mcp.send({ ...where, body: LIST });
      }),
    );
    expect(result).toMatchObject({ status: 'error', reason: `the check sends ${bucket} requests and declares none` });
  });

  it('stops a check that sends more than it declares, and calls it an internal error', async () => {
    const result = await trial(
      sending(2, async (mcp) => {
        for (let turn = 0; turn < 5; turn += 1) await mcp.send({ body: LIST });
      }),
    );
    expect(result).toMatchObject({
      status: 'error',
      reason: expect.stringContaining('more than the 2 tools/list') as string,
    });
  });

  it('does so although the check swallows the refusal', async () => {
    const result = await trial(
      sending(1, async (mcp) => {
        await mcp.send({ body: LIST }).catch(() => undefined);
      }),
    );
    expect(result).toMatchObject({ status: 'error', reason: expect.stringContaining('tools/list') as string });
  });

  it('lets nothing out that was not declared at all', async () => {
    const result = await trial(
      sending(1, async (mcp) => {
        await mcp.send({ body: { ...LIST, method: 'ping' } }).catch(() => undefined);
      }),
    );
    expect(result).toMatchObject({ status: 'error', reason: 'the check sends ping requests and declares none' });
  });

  it('lets nothing out that a check leaves behind when it is over', async () => {
    let ended: Promise<unknown> = Promise.resolve('not begun');
    const check = sending(100_000, async (mcp) => {
      const forever = async (): Promise<never> => {
        for (;;) await mcp.send({ body: LIST });
      };
      ended = forever().catch((reason: unknown) => reason);
    });
    expect((await trial(check)).status).toBe('pass');
    expect(await ended).toBe('the check is over');
  });
});

describe('a fact of an own check that somebody else answered', () => {
  const asking = (held: boolean, by: object): AnyCheck =>
    fakeCheck('a/own', {
      needs: ['mcp'],
      requests: { 'tools/list': 1 },
      async *run({ mcp }) {
        if (!mcp) return;
        const { status, evidence } = await mcp.send({ body: LIST });
        yield { kind: 'fact', slug: 'seen', held, actual: status, expected: 301, seen: [evidence], ...by };
      },
    });

  it.each([true, false])('is none, whether it held or not: %s', async (held) => {
    const { status, reason, observations } = await trial(asking(held, {}), { tweak: redirect });
    expect({ status, reason }).toEqual({
      status: 'blocked',
      reason: expect.stringMatching(/^inconclusive: redirected to https:.* not answered by eMCP/) as string,
    });
    expect(observations).toMatchObject([{ kind: 'inconclusive', slug: 'seen', answeredBy: { kind: 'redirect' } }]);
  });

  it.each([
    ['counts where it says that it is about them', ['redirect', 'gateway'], 'pass'],
    ['is none where it is about others', ['gateway'], 'blocked'],
  ])('%s', async (_name, by, status) => {
    expect((await trial(asking(true, { by }), { tweak: redirect })).status).toBe(status);
  });

  it('is an error where it is about nobody there is', async () => {
    const result = await trial(asking(true, { by: ['the weather'] }), { tweak: redirect });
    expect(result).toMatchObject({ status: 'error', reason: expect.stringContaining('by.0') as string });
  });
});

describe('what was asked for by name and not measured', () => {
  const facts = fakeFacts({ offered: ['mcp'] });
  const needing = fakeCheck('a/needs', { needs: ['token'] });
  const run = { strict: false, interrupted: null, only: ['a/left', 'b/other'] };

  async function outcome(
    checks: readonly AnyCheck[],
    only: readonly string[],
    target = fakeTarget(facts),
    strict = false,
  ) {
    const results = await runChecks(checks, { run: { target }, plan: { only, named: only, wait: false } });
    return { outcome: outcomeOf(results, { ...run, strict, only }), measured: results.filter(isMeasured).length };
  }

  it.each([
    ['lacks a credential', [needing], ['a/needs']],
    ['is not allowed', [fakeCheck('a/bursts', { impact: 'load' })], ['a/bursts']],
    ['does not apply', [fakeCheck('a/no', { applies: { when: 'x', test: () => 'not here' } })], ['a/no']],
    ['measures nothing of a section', [needing, fakeCheck('c/other', { section: '3' })], ['2.1']],
    [
      'measures only what it comes after',
      [fakeCheck('b/first'), fakeCheck('a/needs', { section: '3', needs: ['token'], after: ['b/first'] })],
      ['3'],
    ],
  ] as [string, AnyCheck[], string[]][])('is blocked where it %s', async (_name, checks, only) => {
    expect((await outcome(checks, only)).outcome).toBe('blocked');
  });

  it('does not concern what is pulled in, nor what a section holds besides, unless it is strict', async () => {
    const inapplicable = fakeCheck('c/no', { applies: { when: 'x', test: () => 'not here' } });
    const mixed = [
      fakeCheck('b/other'),
      inapplicable,
      needing,
      fakeCheck('d/more', { section: '3', needs: ['token'] }),
    ];
    expect(await outcome(mixed, ['2.1', '3'])).toEqual({ outcome: 'ok', measured: 1 });
    expect((await outcome(mixed, ['2.1', '3'], fakeTarget(facts), true)).outcome).toBe('blocked');
  });

  it('is blocked where the profile leaves it out', async () => {
    const profile = fakeProfile({ exclude: { 'a/left': 'the API route is closed' } });
    const plan = makePlan({
      checks: [fakeCheck('a/left'), fakeCheck('b/other')],
      profile,
      target: facts,
      allow: [],
      wait: false,
      only: ['a/left', 'b/other'],
      named: ['a/left', 'b/other'],
      prefix: 'emcp-test',
    });
    const results = await runChecks([fakeCheck('a/left'), fakeCheck('b/other')], {
      run: { plan, target: fakeTarget(facts) },
    });
    expect(results.map(({ status }) => status)).toEqual(['skip', 'pass']);
    expect(outcomeOf(results, run)).toBe('blocked');
  });
});
