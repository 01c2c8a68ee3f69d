import { describe, expect, it } from 'vitest';
import { lastLines, type Ran } from '../../src/cli/last-lines.ts';
import { main } from '../../src/cli/main.ts';
import { outcomeOf, totalsOf, type CheckResult, type Report } from '../../src/model/report.ts';
import { emptyPlan, sampleReport } from '../support/sample-report.ts';
import { testIo } from '../support/test-io.ts';

const CHECK: Ran = { command: 'check', flags: {} };

function result(id: string, change: Partial<CheckResult>): CheckResult {
  const [sample] = sampleReport().results;
  if (sample === undefined) throw new Error('the sample has no results');
  return { ...sample, check: { ...sample.check, id }, ...change };
}

const PASS = result('a/passes', { status: 'pass' });
const CAUSE = result('a/cause', { status: 'blocked', reason: 'nobody listens' });
const CONSEQUENCE = result('a/consequence', {
  status: 'blocked',
  reason: 'because a/cause is red',
  because: 'a/cause',
});
const NOT_ALLOWED = result('b/bursts', { status: 'skip', reason: 'sends a burst: --allow load', lacks: 'allow-load' });
const NAMED: CheckResult = { ...NOT_ALLOWED, named: true };
const NO_TOKEN = result('b/asks', { status: 'blocked', reason: 'token is required: no token: give --token-file' });
const NO_STREAM = result('b/streams', { status: 'skip', reason: 'nothing streams here' });

function lines(
  results: readonly CheckResult[],
  {
    only = [],
    strict = false,
    plan = emptyPlan,
    ran = CHECK,
  }: Partial<Report['run'] & { plan: Report['plan']; ran: Ran }>,
): readonly string[] {
  const run = { ...sampleReport().run, only, strict };
  const outcome = outcomeOf(results, run);
  return lastLines(sampleReport('plain', { results, run, plan, outcome, totals: totalsOf(results) }), ran);
}

describe('the last lines of a run that was not measured', () => {
  it('name what was asked for, why it was not measured, and the flag that is missing', () => {
    expect(lines([PASS, NAMED], { only: ['a', 'b/bursts'] })).toEqual([
      'emcp: not measured (--only b/bursts): b/bursts: sends a burst: --allow load',
      'next: the same command with --allow load',
    ]);
  });

  it('name each reason once, what lies behind the first cause among them', () => {
    const excluded = [{ check: NO_TOKEN.check.id, kind: 'required', reason: NO_TOKEN.reason ?? '' }];
    expect(lines([CAUSE, CONSEQUENCE, NO_TOKEN], { plan: { ...emptyPlan, excluded } })).toEqual([
      'emcp: not measured: a/cause: nobody listens',
      'emcp: not measured: a/consequence: because a/cause is red',
      'emcp: not measured: b/asks: token is required: no token: give --token-file',
      'next: emcp doctor',
    ]);
  });

  it('ask for everything that is lacking, and for nothing else', () => {
    const needs = { ...NO_TOKEN.check, needs: ['workspace', 'token'] as const };
    const plan = { ...emptyPlan, excluded: [{ check: 'b/asks', kind: 'required', reason: NO_TOKEN.reason ?? '' }] };
    const results = [{ ...NO_TOKEN, check: needs }, NAMED, NO_STREAM];
    expect(lines(results, { only: ['b/bursts', 'b'], plan }).at(-1)).toBe(
      'next: the same command with a token and --allow load',
    );
    const budget = { ...emptyPlan, excluded: [{ check: 'b/asks', kind: 'budget', reason: 'full' }] };
    expect(lines([NO_TOKEN], { plan: budget }).at(-1)).toBe('next: the same command with --wait');
  });

  it('are no longer for many checks', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...CAUSE, check: { ...CAUSE.check, id: `a/${index}` } }));
    expect(lines(many, {})[0]).toBe('emcp: not measured: a/0, a/1, a/2, a/3, a/4 and 25 more: nobody listens');
  });

  it('name a word that the profile leaves out altogether', () => {
    const excluded = [{ check: 'auth/a', kind: 'profile', reason: 'the profile expects no API route' }];
    expect(lines([PASS], { only: ['a', '2.2'], plan: { ...emptyPlan, excluded } })).toEqual([
      'emcp: not measured (--only 2.2): auth/a: the profile expects no API route',
    ]);
  });

  it('name a section of which nothing was measured, although the run is none the worse for it', () => {
    expect(lines([PASS, NOT_ALLOWED], { only: ['a', 'b'] })).toEqual([
      'emcp: not measured (--only b): b/bursts: sends a burst: --allow load',
    ]);
    expect(lines([PASS, NOT_ALLOWED], {})).toEqual([]);
  });

  it('explain what does not apply although it was named', () => {
    expect(lines([PASS, { ...NO_STREAM, named: true }], { only: ['b/streams'] }).at(-1)).toBe(
      'next: emcp explain b/streams',
    );
  });

  it('send nobody from doctor to doctor, nor to another target', () => {
    const doctor = { command: 'doctor', flags: {} } as const;
    expect(lines([CAUSE], { ran: doctor }).at(-1)).toBe('next: emcp explain a/cause');
    const elsewhere = { command: 'check', flags: { url: 'https://example.org' } } as const;
    expect(lines([CAUSE], { ran: elsewhere }).at(-1)).toBe('next: emcp doctor, with the same flags for the target');
  });
});

describe('the last line of another run', () => {
  const FAIL = result('c/fails', { status: 'fail' });
  const WARN = result('c/warns', { status: 'warn' });
  const ERROR = result('c/crashes', { status: 'error' });

  it.each<[string, readonly CheckResult[], boolean, readonly string[]]>([
    ['nothing where all is well', [PASS, WARN], false, []],
    ['the check that failed, not one before it that is blocked', [CAUSE, WARN, FAIL], true, ['emcp explain c/fails']],
    ['the warning that counts', [PASS, WARN], true, ['emcp explain c/warns']],
    ['the crash', [CAUSE, ERROR], false, ['report this, with the output of emcp check --only c/crashes --json']],
  ])('names %s', (_what, results, strict, next) => {
    expect(lines(results, { strict })).toEqual(next.map((words) => `next: ${words}`));
  });

  it('names the folder of own checks, without which there is no such check', () => {
    const ran = { command: 'check', flags: { checks: ['own'] } } as const;
    expect(lines([FAIL], { ran })).toEqual(['next: emcp explain c/fails --checks own']);
  });
});

describe('a run against a target', () => {
  it.each([['--quiet'], ['--json'], ['--reporter', 'junit']])(
    'tells on stderr with %s what it lacked',
    async (...argv) => {
      const io = testIo();
      const words = ['check', '--url', 'http://127.0.0.1:9', '--only', 'rate/threshold', ...argv];
      expect(await main(words, io)).toBe(3);
      expect(io.told).toMatch(/^emcp: not measured \(--only rate\/threshold\): .*token is required: no token: give /m);
      expect(io.told).toMatch(/\nnext: emcp doctor, with the same flags for the target\n$/);
    },
  );

  it.each([['--quiet'], ['--json']])(
    'says first on stderr that it is the embedded server where none is given: %s',
    async (...argv) => {
      const io = testIo();
      expect(await main(['check', '--only', 'preflight/reachable', ...argv], io)).toBe(0);
      expect(io.told).toBe('No target is given: embedded reference server, not an installation.\n');
    },
  );

  it('says so first and last in the report for a person', async () => {
    const io = testIo();
    expect(await main(['check', '--only', 'preflight/reachable'], io)).toBe(0);
    expect(io.written).toMatch(/^target: embedded reference server.+\ntarget: embedded reference server[^\n]+\n$/s);
    expect(io.told).toBe('');
  });

  it('does not say so where the embedded server is meant', async () => {
    const io = testIo();
    expect(await main(['check', '--json', '--embedded', '--only', 'preflight/reachable'], io)).toBe(0);
    expect(io.told).toBe('');
  });
});
