import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openCatalogue, packageRoot } from '../../src/catalogue/index.ts';
import { loadProfile } from '../../src/config/load.ts';
import type { AnyCheck, Requests } from '../../src/model/check.ts';
import type { Expectations } from '../../src/model/expectations.ts';
import { CAPABILITIES } from '../../src/model/probes.ts';
import type { Profile } from '../../src/model/profile.ts';
import { bucketOf, readBucket } from '../../src/model/requests.ts';
import { isNamedBy } from '../../src/model/selection.ts';
import type { TargetFacts } from '../../src/model/target.ts';
import { fakeFacts } from '../support/fakes.ts';
import { trials } from '../support/trial.ts';

const FOLDER = join(packageRoot(), 'profiles');
const profiles = await Promise.all(
  readdirSync(FOLDER).map((file) => loadProfile(file.replace(/\.yaml$/, ''), { folder: FOLDER, cwd: FOLDER })),
);
const catalogue = await openCatalogue();
const checks = await Promise.all(catalogue.checks.map(({ id }) => catalogue.load(id)));

/** Not-applicable at run time on a healthy server, and why nothing but an answer could tell. */
const ONLY_ANSWERS_TELL: Readonly<Record<string, string>> = {
  'transport/result-too-large:within-the-limit': 'how large the largest answers are depends on what the site holds',
};

describe('what a check declares', () => {
  const expectations = deepFrozen(spreadOfExpectations());
  const facts = deepFrozen(spreadOfFacts());
  afterEach(() => vi.restoreAllMocks());

  it.each(checks.map((check) => [check.id, check] as const))(
    'is a valid function of profile and target alone: %s',
    (_id, check) => {
      const random = vi.spyOn(Math, 'random');
      const now = vi.spyOn(Date, 'now');
      const wrong = expectations.flatMap((expected) =>
        facts.flatMap((fact) => problemsOf(check, expected, fact).map((why) => ({ why, expected, fact }))),
      );
      expect(wrong.slice(0, 1)).toEqual([]);
      expect(random).not.toHaveBeenCalled();
      expect(now).not.toHaveBeenCalled();
    },
  );

  it('is looked at over a spread that makes every condition true and false', () => {
    const conditional = checks.flatMap(({ id, applies }) => (applies === undefined ? [] : [{ id, applies }]));
    const oneSided = conditional.filter(({ applies }) => {
      const answers = expectations.flatMap((expected) => facts.map((fact) => applies.test(expected, fact) === true));
      return new Set(answers).size < 2;
    });
    expect(oneSided.map(({ id }) => id)).toEqual([]);
  });
});

describe('what does not apply', () => {
  it('is known before anything is sent, wherever it can be known', { timeout: 120_000 }, async () => {
    const seen = await Promise.all(profiles.map(notApplicableAtRunTime));
    expect([...new Set(seen.flat())].toSorted()).toEqual(Object.keys(ONLY_ANSWERS_TELL).toSorted());
  });
});

/** What checks of a profile say of themselves only once they ran against the server the profile describes. */
async function notApplicableAtRunTime({ select, exclude, expect: expected, settings }: Profile): Promise<string[]> {
  const words = [...select.sections, ...select.checks];
  const selected = checks.filter(
    (check) => exclude[check.id] === undefined && words.some((word) => isNamedBy(check, word)),
  );
  const results = await trials(selected, { expect: expected, settings });
  return results.flatMap(({ check, observations }) =>
    observations.flatMap((one) => (one.kind === 'not-applicable' ? [`${check.id}:${one.slug ?? '(whole)'}`] : [])),
  );
}

const requestCount = z.record(z.string(), z.int().min(0));
const reason = z.union([z.literal(true), z.string().min(1)]);

function problemsOf(check: AnyCheck, expected: Expectations, facts: TargetFacts): readonly string[] {
  const declared = () => ({
    requests: countOf(check.requests, expected, facts),
    otherRequests: countOf(check.otherRequests ?? {}, expected, facts),
    applies: reason.parse(check.applies?.test(expected, facts) ?? true),
  });
  try {
    const first = declared();
    const buckets = [...Object.keys(first.requests), ...Object.keys(first.otherRequests)];
    return [
      ...(JSON.stringify(first) === JSON.stringify(declared()) ? [] : ['says something else the second time']),
      ...buckets.filter((bucket) => !isBucket(bucket)).map((bucket) => `names no bucket: ${bucket}`),
    ];
  } catch (error) {
    return [String(error)];
  }
}

function countOf(requests: Requests, expected: Expectations, facts: TargetFacts): Readonly<Record<string, number>> {
  return requestCount.parse(typeof requests === 'function' ? requests(expected, facts) : requests);
}

function isBucket(bucket: string): boolean {
  const { route, method } = readBucket(bucket);
  return bucketOf(route, method) === bucket;
}

function spreadOfExpectations(): readonly Expectations[] {
  return profiles.flatMap(({ expect: stock }) => [
    stock,
    ...(['queued', 'sync', 'unavailable'] as const).map((outcome) => ({
      ...stock,
      dispatch: { ...stock.dispatch, outcome },
    })),
    ...([1, 2, 1000, 'unlimited'] as const).map((limit) => ({
      ...stock,
      rate: { perMinute: limit, globalPerMinute: limit },
    })),
    { ...stock, rate: { perMinute: 'unlimited' as const, globalPerMinute: 1 } },
    { ...stock, mode: { internal: false, api: false } },
    { ...stock, protocolVersions: ['2025-11-25'], tools: ['one'], deniedServer: 'internal' },
    ...(stock.stream === undefined ? [] : [{ ...stock, stream: { ...stock.stream, enabled: false } }]),
  ]);
}

function spreadOfFacts(): readonly TargetFacts[] {
  const changes: readonly Parameters<typeof fakeFacts>[0][] = [
    {},
    { offered: [] },
    ...CAPABILITIES.map((lacking) => ({ offered: CAPABILITIES.filter((name) => name !== lacking) })),
    { kind: 'embedded', isolated: true, realTime: false },
    { kind: 'replay', servers: [] },
    { servers: ['content', 'other', 'third'], sharedIdentities: ['mcp', 'manager'], insecure: true, production: true },
    ...[[], ['mcp:read'], ['mcp:read', 'mcp:call'], ['mcp:admin'], ['*']].map((tokenScopes) => ({
      tokenScopes,
      offered: CAPABILITIES.filter((name) => name !== 'mint'),
    })),
  ];
  return changes.map((change) => fakeFacts(change));
}

/** A function that would change what it is given throws. */
function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFrozen(inner);
    Object.freeze(value);
  }
  return value;
}
