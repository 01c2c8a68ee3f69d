import fc from 'fast-check';
import type { CheckMeta } from '../../src/model/check.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Json } from '../../src/model/json.ts';
import type { Observation } from '../../src/model/observation.ts';
import { outcomeOf, REPORT_SCHEMA, totalsOf, type CheckResult, type Report } from '../../src/model/report.ts';
import type { Status } from '../../src/model/verdict.ts';
import { fakeFacts } from './fakes.ts';
import { httpEntry } from './entries.ts';
import { emptyPlan, emptyProfile } from './sample-report.ts';
import { HOSTILE } from './hostile.ts';

const STATUSES: readonly Status[] = ['pass', 'fail', 'warn', 'blocked', 'error', 'skip'];
const RED = new Set<Status>(['fail', 'warn']);

/** Any text, hostile more often than not. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary' }),
  fc.lorem({ maxCount: 6 }),
);

/** Texts of a check are never empty: the catalogue refuses such a check. */
const someText = anyText.filter((text) => text !== '');

const anyJson: fc.Arbitrary<Json> = fc.oneof(
  anyText,
  fc.integer(),
  fc.constant(null),
  fc.array(anyText, { maxLength: 3 }),
  fc.dictionary(fc.string(), anyText, { maxKeys: 3 }),
);

const section = fc.constantFrom('0', '1', '2.1', '2.2', '2.3', '6', '8.1', '10');

function anyMeta(index: number): fc.Arbitrary<CheckMeta> {
  return fc.record({
    id: fc.constantFrom('rate', 'protocol', 'auth').map((folder) => `${folder}/check-${index}`),
    title: someText,
    proves: someText,
    remedy: someText,
    section,
    cites: fc.array(someText, { minLength: 1, maxLength: 2 }),
    severity: fc.constantFrom('must' as const, 'should' as const),
    impact: fc.constantFrom('read' as const, 'write' as const, 'load' as const),
    needs: fc.constant(['mcp'] as const),
  });
}

function anyFact(held: boolean): fc.Arbitrary<Observation> {
  return fc.record(
    {
      kind: fc.constant('fact' as const),
      slug: fc.constantFrom('status', 'allowed', 'a-slug-of-words'),
      held: fc.constant(held),
      actual: anyJson,
      expected: anyJson,
      seen: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
      note: anyText,
    },
    { requiredKeys: ['kind', 'slug', 'held', 'actual', 'expected', 'seen'] },
  );
}

function anyResult(index: number): fc.Arbitrary<CheckResult> {
  return fc.record({ status: fc.constantFrom(...STATUSES), check: anyMeta(index) }).chain(({ status, check }) =>
    fc.record<CheckResult>(
      {
        check: fc.constant(check),
        status: fc.constant(status),
        observations: fc.array(anyFact(!RED.has(status)), { minLength: RED.has(status) ? 1 : 0, maxLength: 3 }),
        startedMs: fc.nat(100_000),
        durationMs: fc.nat(100_000),
        reason: status === 'pass' || RED.has(status) ? fc.constant('held') : anyText,
        stack: anyText,
      },
      { requiredKeys: ['check', 'status', 'observations', 'startedMs', 'durationMs'] },
    ),
  );
}

function anyEntry(check: string, sequence: number): fc.Arbitrary<JournalEntry> {
  const request = fc.record(
    {
      method: fc.constantFrom('POST', 'GET'),
      url: fc.webUrl({ withQueryParameters: true }),
      headers: fc.dictionary(fc.constantFrom('accept', 'x-trace-id'), anyText),
      bearer: anyText,
      body: fc.oneof(anyText, fc.record({ text: anyText, cut: fc.record({ kept: fc.nat(), of: fc.nat() }) })),
    },
    { requiredKeys: ['method', 'url', 'headers'] },
  );
  const response = fc.record({
    status: fc.constantFrom(200, 202, 401, 429, 500),
    headers: fc.array(fc.tuple(anyText, anyText), { maxLength: 3 }),
    body: anyText,
  });
  const failure = fc.record({ name: fc.constantFrom('unreachable' as const, 'error' as const), message: anyText });
  return fc
    .record({
      probe: fc.constantFrom('mcp' as const, 'manager' as const),
      request,
      came: fc.oneof(fc.record({ response }), fc.record({ failure })),
      at: fc.nat(100_000),
      ms: fc.nat(5_000),
    })
    .map(({ came, ...given }) => httpEntry({ check, sequence, ...given, ...came }));
}

/** Reports as a run could have made them: totals and outcome follow from the results. */
export const anyReport: fc.Arbitrary<Report> = fc
  .nat(8)
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_none, index) => anyResult(index))))
  .chain((results) =>
    fc.record({
      results: fc.constant(results),
      journal: fc.tuple(...results.flatMap(({ check }) => [1, 2, 3].map((number) => anyEntry(check.id, number)))),
      label: anyText,
      url: fc.option(fc.webUrl(), { nil: undefined }),
      kind: fc.constantFrom('embedded' as const, 'remote' as const),
      strict: fc.boolean(),
      interrupted: fc.constantFrom(null, 'SIGINT' as const),
      title: anyText,
      platform: fc.option(anyText),
    }),
  )
  .map(({ results, journal, label, url, kind, strict, interrupted, title, platform }) => ({
    schema: REPORT_SCHEMA,
    tool: { name: 'emcp', version: '0.0.0', node: '20.0.0' },
    run: {
      id: 'run',
      seed: 'seed',
      startedAt: '2026-01-02T03:04:05.000Z',
      durationMs: 1234,
      strict,
      only: [],
      interrupted,
    },
    target: fakeFacts({ label, kind, url }),
    runtime: { platform, platformVersion: null, toolsetVersion: null },
    profile: { ...emptyProfile, id: 'hybrid', title },
    plan: emptyPlan,
    results,
    totals: totalsOf(results),
    outcome: outcomeOf(results, { strict, interrupted, only: [] }),
    journal,
  }));
