import type { CheckMeta } from '../../src/model/check.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Observation } from '../../src/model/observation.ts';
import { outcomeOf, REPORT_SCHEMA, totalsOf, type CheckResult, type Report } from '../../src/model/report.ts';
import { journalDigest } from '../../src/run/index.ts';
import type { Status } from '../../src/model/verdict.ts';
import { httpEntry } from './entries.ts';
import { fakeFacts, stockExpectations } from './fakes.ts';

const URL_OF_TARGET = 'https://cms.example.org';

/** A run with a check of every status and a burst, in which `text` is what the target, and everybody else, said. */
export function sampleReport(text = 'plain', change: Partial<Report> = {}): Report {
  const result = resultOf(text);
  const results = [
    result('protocol/ping', '2.1', 'pass', [fact(true, text, text)]),
    result('protocol/initialize', '2.1', 'fail', [fact(false, text, { status: 200, text })]),
    result('rate/threshold', '2.3', 'fail', [{ ...fact(false, 4, 3), slug: 'allowed', seen: [5] }]),
    result('auth/missing-token', '2.2', 'warn', [fact(false, '(absent)', text)]),
    result('trace/trace-id', '6', 'blocked', [], { reason: text, because: 'protocol/initialize' }),
    result('policy/denied-tool', '6', 'error', [], { reason: text, stack: `Error: ${text}\n    at here` }),
    result('manager/tools-list', '2.1', 'skip', [{ kind: 'not-applicable', reason: text }], { reason: text }),
  ];
  const report: Report = {
    schema: REPORT_SCHEMA,
    tool: { name: 'emcp', version: '0.1.0', node: '20.20.0' },
    run: {
      id: '20260102T030405Z-sample',
      seed: 'sample',
      startedAt: '2026-01-02T03:04:05.000Z',
      durationMs: 4321,
      strict: false,
      only: [],
      interrupted: null,
    },
    target: fakeFacts({ label: `installation ${text}`, url: URL_OF_TARGET }),
    runtime: { platform: text, platformVersion: '1.0', toolsetVersion: '1.0' },
    profile: { ...emptyProfile, id: 'hybrid', title: 'Hybrid installation' },
    plan: { ...emptyPlan, excluded: [{ check: 'stream/heartbeat', kind: 'profile', reason: text }] },
    results,
    totals: totalsOf(results),
    outcome: outcomeOf(results, { strict: false, interrupted: null, only: [] }),
    journal: [...results.map(({ check }) => entry(check.id, text)), ...burst()],
    ...change,
  };
  return { ...report, journalDigest: journalDigest(report.journal) };
}

/** A profile that selects nothing. */
export const emptyProfile: Report['profile'] = {
  id: 'empty',
  title: 'Nothing',
  expect: stockExpectations,
  select: { sections: [], checks: [] },
  require: [],
  exclude: {},
  settings: {},
};

/** What a report says of a plan that sends nothing. */
export const emptyPlan: Report['plan'] = {
  buckets: [],
  routes: [],
  requests: 0,
  windows: 1,
  leftovers: { taskRows: 0, idempotencyRecords: 0, auditLines: 0, prefix: 'emcp-sample' },
  excluded: [],
};

function resultOf(text: string) {
  return (
    id: string,
    section: string,
    status: Status,
    observations: readonly Observation[],
    rest: Partial<CheckResult> = {},
  ): CheckResult => {
    const check: CheckMeta = {
      id,
      title: `The claim of ${id} ${text}`,
      proves: 'That the sample is complete.',
      remedy: 'Look at `rate_limit.per_minute`.',
      section,
      cites: ['runbook:2.1/smoke'],
      severity: status === 'warn' ? 'should' : 'must',
      impact: 'read',
      needs: ['mcp'],
    };
    return { check, status, observations, startedMs: 10, durationMs: 120, ...rest };
  };
}

function fact(held: boolean, actual: Extract<Observation, { kind: 'fact' }>['actual'], expected: typeof actual) {
  return { kind: 'fact', slug: 'status', held, actual, expected, seen: [1] } as const;
}

function entry(check: string, text: string): JournalEntry {
  return httpEntry({
    check,
    request: {
      url: `${URL_OF_TARGET}/api/v1/mcp/content`,
      headers: { accept: 'application/json', 'x-trace-id': text },
      bearer: 'given token',
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: text }),
    },
    response: {
      headers: [
        ['content-type', 'application/json'],
        ['x-echo', text],
      ],
      body: text,
    },
    at: 5,
    ms: 12,
  });
}

/** Four requests let through where three were promised, then a refusal. */
function burst(): readonly JournalEntry[] {
  return [2, 3, 4, 5, 6].map((sequence) =>
    httpEntry({
      check: 'rate/threshold',
      sequence,
      request: { url: `${URL_OF_TARGET}/api/v1/mcp/content`, bearer: 'minted token', body: '[]' },
      response: { status: sequence === 6 ? 429 : 200 },
      at: 100 + sequence * 10,
      ms: sequence,
    }),
  );
}
