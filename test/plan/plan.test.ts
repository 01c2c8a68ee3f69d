import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyCheck } from '../../src/model/check.ts';
import { makePlan, type PlanInput } from '../../src/plan/index.ts';
import { fakeCheck, fakeFacts, fakeProfile } from '../support/fakes.ts';

function planOf(change: Partial<PlanInput>): ReturnType<typeof makePlan> {
  return makePlan({
    checks: [],
    profile: fakeProfile(),
    target: fakeFacts(),
    allow: [],
    wait: false,
    only: [],
    named: [],
    prefix: 'emcp-test',
    ...change,
  });
}

function fateOf(plan: ReturnType<typeof makePlan>, id: string): string {
  const entry = plan.entries.find((one) => one.check.id === id);
  if (!entry) return 'vanished';
  return entry.kind === 'planned' ? `window ${entry.window}` : entry.exclusion.kind;
}

describe('the plan', () => {
  it('loses no check: each is planned or excluded with a reason', () => {
    const anyCheck = fc.record({
      id: fc.uuid().map((uuid) => `x/${uuid}`),
      section: fc.constantFrom('1.1', '2.1', '2.3', '20'),
      impact: fc.constantFrom('read' as const, 'write' as const, 'load' as const),
      needs: fc.subarray(['mcp', 'token', 'session', 'artisan'] as const),
      requests: fc.dictionary(fc.constantFrom('initialize', 'manager:ping'), fc.nat(40)),
    });
    fc.assert(
      fc.property(fc.array(anyCheck), fc.boolean(), (specs, wait) => {
        const checks = specs.map((spec) => fakeCheck(spec.id, spec));
        const target = fakeFacts({ offered: ['mcp', 'token'], sharedIdentities: ['mcp'] });
        const plan = planOf({ checks, target, wait });
        expect(plan.entries.map((entry) => entry.check.id).toSorted()).toEqual(checks.map(({ id }) => id).toSorted());
        for (const entry of plan.entries) {
          if (entry.kind === 'excluded') expect(entry.exclusion.reason).not.toBe('');
        }
      }),
    );
  });

  it('never plans more for a shared bucket than one limiter window allows', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 35 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(counts, fc.boolean(), (asked, wait) => {
        const checks = asked.map((count, index) => fakeCheck(`x/${index}`, { requests: { initialize: count } }));
        const plan = planOf({ checks, wait, target: fakeFacts({ sharedIdentities: ['mcp'] }) });
        const sums = new Map<number, number>();
        for (const entry of plan.entries) {
          if (entry.kind !== 'planned') continue;
          sums.set(entry.window, (sums.get(entry.window) ?? 0) + (entry.requests['initialize'] ?? 0));
        }
        expect(Math.max(0, ...sums.values())).toBeLessThanOrEqual(30);
        if (!wait) expect([...sums.keys()].every((window) => window === 0)).toBe(true);
      }),
    );
  });

  it('refuses what does not fit this minute, unless the operator waits', () => {
    const checks = [
      fakeCheck('a/first', { requests: { initialize: 20 } }),
      fakeCheck('b/second', { requests: { initialize: 20 } }),
      fakeCheck('c/huge', { requests: { initialize: 31 } }),
    ];
    const target = fakeFacts({ sharedIdentities: ['mcp'] });
    expect(checks.map(({ id }) => fateOf(planOf({ checks, target }), id))).toEqual(['window 0', 'budget', 'budget']);
    const patient = planOf({ checks, target, wait: true });
    expect(checks.map(({ id }) => fateOf(patient, id))).toEqual(['window 0', 'window 1', 'budget']);
    expect(patient.windows).toBe(2);
  });

  it('does not count where every check has an identity of its own', () => {
    const checks = [fakeCheck('a/a', { requests: { ping: 500 } })];
    expect(fateOf(planOf({ checks }), 'a/a')).toBe('window 0');
  });

  it('skips what the target lacks, and blocks what the profile requires', () => {
    const checks = [fakeCheck('a/a', { needs: ['artisan'] })];
    const target = fakeFacts({ offered: [] });
    expect(fateOf(planOf({ checks, target }), 'a/a')).toBe('absent');
    expect(fateOf(planOf({ checks, target, profile: fakeProfile({ require: ['artisan'] }) }), 'a/a')).toBe('required');
  });

  it('writes and bursts only where that is allowed, and waits only when told to', () => {
    const checks = [
      fakeCheck('a/write', { impact: 'write' }),
      fakeCheck('a/load', { impact: 'load' }),
      fakeCheck('a/wait', { waitsSeconds: 61 }),
    ];
    const ids = checks.map(({ id }) => id);
    const fates = (change: Partial<PlanInput>): string[] => ids.map((id) => fateOf(planOf({ checks, ...change }), id));
    expect(fates({})).toEqual(['not-allowed', 'not-allowed', 'not-allowed']);
    expect(fates({ allow: ['write'] })).toEqual(['window 0', 'not-allowed', 'not-allowed']);
    expect(fates({ allow: ['write', 'load'], wait: true })).toEqual(['window 0', 'window 0', 'window 0']);
    expect(fates({ target: fakeFacts({ isolated: true, realTime: false }) })).toEqual([
      'window 0',
      'window 0',
      'window 0',
    ]);
  });

  it('runs with a check what it comes after, and what guards a capability it needs', () => {
    const checks = [
      fakeCheck('auth/sound', { section: '9', needs: ['token'], guards: ['token'], after: ['pre/flight'] }),
      fakeCheck('pre/flight', { section: '0' }),
      fakeCheck('x/y', { needs: ['token'] }),
      fakeCheck('x/z'),
    ];
    const plan = planOf({ checks, only: ['x/y'] });
    expect(checks.map(({ id }) => fateOf(plan, id))).toEqual(['window 0', 'window 0', 'window 0', 'not-selected']);
    const entry = plan.entries.find(({ check }) => check.id === 'x/y');
    expect(entry?.kind === 'planned' && entry.after).toEqual(['auth/sound']);
  });

  it('leaves out credentials of a route the profile promises closed', () => {
    const checks = [fakeCheck('a/a', { needs: ['token'] })];
    const { expect: promised, ...profile } = fakeProfile();
    const closed = { ...profile, expect: { ...promised, mode: { internal: true, api: false } } };
    expect(fateOf(planOf({ checks, profile: closed }), 'a/a')).toBe('profile');
  });

  it('leaves out what is about protocol revisions that are not expected, and says which', () => {
    const checks = Object.entries({
      'x/older': { until: '2025-03-26' },
      'x/one': { from: '2025-06-18', until: '2025-06-18' },
      'x/newer': { from: '2026-07-28' },
    }).map(([id, revisions]) => fakeCheck(id, { revisions }));
    const { expect: stock } = fakeProfile();
    const plan = (...protocolVersions: string[]) =>
      planOf({ checks, profile: fakeProfile({ expect: { ...stock, protocolVersions } }) });
    const reasons = ({ entries }: ReturnType<typeof plan>) =>
      entries.map((entry) => (entry.kind === 'planned' ? entry.check.id : entry.exclusion));
    const kind = 'inapplicable';
    expect(reasons(plan('2025-11-25', '2025-03-26'))).toEqual([
      { kind, reason: 'the profile expects no protocol revision from 2026-07-28' },
      'x/older',
      { kind, reason: 'the profile expects no protocol revision from 2025-06-18 to 2025-06-18' },
    ]);
    expect(reasons(plan('2026-07-28', '2025-06-18'))).toEqual([
      'x/newer',
      { kind, reason: 'the profile expects no protocol revision up to 2025-03-26' },
      'x/one',
    ]);
  });

  it('orders sections by number, not by letter', () => {
    const checks = ['2.10', '2.9', '2', '1.3'].map((section) =>
      fakeCheck(`s/${section.replace('.', '-')}`, { section }),
    );
    expect(planOf({ checks }).entries.map(({ check }) => check.section)).toEqual(['1.3', '2', '2.9', '2.10']);
  });
});

describe('what a plan says of a token', () => {
  const check = (id: string, requests: AnyCheck['requests']): AnyCheck => fakeCheck(id, { needs: ['token'], requests });
  const checks = [
    check('a/reads', { 'tools/list': 1 }),
    check('b/calls', { 'tools/call': 1 }),
    check('c/pings', { ping: 1 }),
  ];
  const withScopes = (...tokenScopes: readonly string[]) => fakeFacts({ offered: ['token', 'mcp'], tokenScopes });

  it('is what it lacks, required where every valid token has it', () => {
    const profile = fakeProfile({ require: ['token'] });
    const plan = planOf({ checks, profile, target: withScopes('mcp:read') });
    expect(checks.map(({ id }) => fateOf(plan, id))).toEqual(['window 0', 'required', 'absent']);
    const ping = plan.entries.find((entry) => entry.check.id === 'c/pings');
    expect(ping).toMatchObject({
      exclusion: { lacks: 'scope', reason: expect.stringContaining('mcp:admin') as string },
    });
  });

  it.each([[['*']], [['mcp:read', 'mcp:call', 'mcp:admin']]])('is nothing where it has all: %j', (scopes) => {
    const plan = planOf({ checks, target: withScopes(...scopes) });
    expect(checks.map(({ id }) => fateOf(plan, id))).toEqual(['window 0', 'window 0', 'window 0']);
  });

  it('is the least scopes the run needs, also before there is a token', () => {
    expect(planOf({ checks: checks.slice(0, 2), target: withScopes('*') }).scopes).toEqual(['mcp:call', 'mcp:read']);
    expect(planOf({ checks, target: fakeFacts({ offered: ['mcp'] }) }).scopes).toEqual([
      'mcp:admin',
      'mcp:call',
      'mcp:read',
    ]);
  });
});

describe('what a plan says before anything is sent', () => {
  it('is the sum by route, method and minute, with what waits and what stays behind', () => {
    const checks = [
      fakeCheck('a/a', { requests: { 'tools/list': 20 }, otherRequests: { 'tools/list': 5, 'manager:ping': 1 } }),
      fakeCheck('b/b', {
        requests: { 'tools/list': 20, 'dispatch:tools/call': 2 },
        dispatches: 2,
        awaitsTasks: 1,
        impact: 'write',
      }),
      fakeCheck('c/c', { waitsSeconds: 62 }),
    ];
    const plan = planOf({ checks, allow: ['write'], wait: true, target: fakeFacts({ sharedIdentities: ['mcp'] }) });
    expect(plan.requests).toBe(48);
    expect(plan.routes).toEqual([
      { route: 'mcp', method: 'tools/list', requests: 45, busiestMinute: 25 },
      { route: 'dispatch', method: 'tools/call', requests: 2, busiestMinute: 2 },
      { route: 'manager', method: 'ping', requests: 1, busiestMinute: 1 },
    ]);
    expect(plan.waits).toEqual({ limiterSeconds: 123, tasksSeconds: 90 });
    expect(plan.duration).toEqual({ leastSeconds: 61, mostSeconds: 2 * 26 + 2 * 22 + 30 + 123 + 90 });
    expect(plan.leftovers).toMatchObject({ taskRows: 2, idempotencyRecords: 2, prefix: 'emcp-test' });
  });

  it.each([
    ['each request and what may be repeated of it', { requests: { ping: 3 } }, 'queued', 3 + 2],
    ['none that goes to the token endpoint', { requests: { 'login:other': 3 } }, 'queued', 0],
    ['a task that is queued', { requests: { 'dispatch:ping': 1 }, impact: 'write' }, 'queued', 1 + 1 + 2],
    ['a task that is run inline', { requests: { 'dispatch:ping': 1 }, impact: 'write' }, 'sync', 1 + 1 + 2],
    ['no task that is refused', { requests: { 'dispatch:ping': 1 }, impact: 'write' }, 'unavailable', 1 + 2],
    ['what the console asks', { needs: ['artisan'] }, 'queued', 2],
    ['nothing where nothing is sent', {}, 'queued', 0],
  ] as const)('counts a line of the audit log for %s', (_name, change, outcome, lines) => {
    const { expect: promised } = fakeProfile();
    const profile = fakeProfile({ expect: { ...promised, dispatch: { ...promised.dispatch, outcome } } });
    const plan = planOf({ checks: [fakeCheck('a/a', change)], allow: ['write'], profile });
    expect(plan.leftovers.auditLines).toBe(lines);
  });

  it('is a refusal on production, whatever a file allows', () => {
    const target = fakeFacts({ production: true });
    const plan = planOf({ checks: [fakeCheck('a/a', { impact: 'load' })], target });
    expect(plan.entries[0]).toMatchObject({
      exclusion: { reason: 'the target is marked as production: --allow load on the command line' },
    });
  });
});
