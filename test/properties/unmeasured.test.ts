import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { streamingWorld } from '../../src/kit/index.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import { isMeasured, type CheckResult } from '../../src/model/report.ts';
import { dispatchingWorld } from '../support/dispatching.ts';
import { trials, type TrialOptions } from '../support/trial.ts';
import { parts } from './parts.ts';
import { healthyProbes, perturbations, type Perturbation } from './perturbed.ts';

const catalogue = await openCatalogue();
const checks = await Promise.all(catalogue.checks.map(({ id }) => catalogue.load(id)));

/** Installations in which, between them, every check applies. */
const WORLDS: readonly TrialOptions[] = [
  streamingWorld({ count: 2, sleepMs: 1500 }),
  streamingWorld({ enabled: false }),
  dispatchingWorld('sync'),
  {
    expect: { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } },
    settings: { 'cms.settings.eMCP.rate_limit.enabled': false },
  },
];

/** Nothing in the fixture site is larger than a result may be, and no profile names a server outside the allow list. */
const NEVER_MEASURED = ['policy/denied-server', 'transport/result-too-large'];

/**
 * Claims about whoever answers: that the host is reached, how its clock goes, that the CMS stands before the manager.
 * An answer of the CMS or of sApi is their measurement.
 */
const ABOUT_THE_CMS: Readonly<Record<string, readonly string[]>> = {
  'preflight/reachable': ['answered by sapi', 'answered by cms 404', 'answered by cms home', 'answered by cms csrf'],
  'preflight/clock-skew': [
    'answered by sapi',
    'answered by cms 404',
    'answered by cms home',
    'answered by cms csrf',
    'answered by cms error',
  ],
  'mode/manager-guard': ['answered by cms csrf'],
};

/** It goes by status and headers alone, which have no type to be wrong. */
const BY_STATUS_ALONE = ['rate/unlimited'];

interface Healthy {
  readonly world: TrialOptions;
  readonly results: readonly CheckResult[];
  /** Checks that are measured here and in no world before, so that each is perturbed where it means something. */
  readonly own: readonly AnyCheck[];
}

const healthy: Healthy[] = [];
for (const world of WORLDS) {
  const known = new Set(healthy.flatMap(({ own }) => own.map(({ id }) => id)));
  const results = await trials(
    checks.filter(({ id }) => !known.has(id)),
    { ...world, probes: healthyProbes },
  );
  const measured = new Set(results.filter(isMeasured).map(({ check }) => check.id));
  healthy.push({ world, results, own: checks.filter(({ id }) => measured.has(id)) });
}
// The one check that is about a closed API, too.
const closed = {
  expect: { mode: { internal: true, api: false } },
  settings: { 'cms.settings.eMCP.mode.api': false },
};
const apiRoute = checks.filter(({ id }) => id === 'mode/api-route');
healthy.push({ world: closed, results: await trials(apiRoute, closed), own: apiRoute });

async function perturb(perturbation: Perturbation, hits: (index: number) => boolean): Promise<readonly CheckResult[]> {
  const { tweak, probes, timeLimitMs } = perturbation;
  const change = {
    tweak: { id: 'test/perturbed', title: '-', story: '-', breaks: ['-'], ...tweak(hits) },
    probes: { ...healthyProbes, ...probes },
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  };
  const perWorld = await Promise.all(healthy.map(({ world, own }) => trials(own, { ...world, ...change })));
  return perWorld.flat();
}

function tell(results: readonly CheckResult[], ...statuses: readonly string[]): string[] {
  return results
    .filter(({ status }) => statuses.includes(status))
    .map(({ check, status, reason = '' }) => `${check.id}: ${status} ${reason}`.trim());
}

describe('a healthy target', () => {
  it('gives every pass there is, so that blocked for everything is no way out', () => {
    const measured = new Set(healthy.flatMap(({ own }) => own.map(({ id }) => id)));
    expect(checks.map(({ id }) => id).filter((id) => !measured.has(id))).toEqual(NEVER_MEASURED);
    expect(healthy.flatMap(({ results }) => tell(results, 'fail', 'blocked', 'error'))).toEqual([]);
  });
});

// The gate tries everything, a plain `npm test` a part of it.
const whole = process.env['EMCP_CI_REQUIRE'] === '1';

describe('without a measurement no check passes', () => {
  const tried = perturbations.filter((_one, index) => whole || index % 3 === 0);

  it.each(tried.map((one) => [one.name, one] as const))('%s', async (name, perturbation) => {
    const results = await perturb(perturbation, () => true);
    const passed = results.filter(({ status }) => status === 'pass').map(({ check }) => check.id);
    const aboutOthers = Object.keys(ABOUT_THE_CMS).filter((id) => ABOUT_THE_CMS[id]?.includes(name));
    const excused = name === 'wrong types' ? BY_STATUS_ALONE : aboutOthers;
    expect(passed.toSorted()).toEqual(excused.toSorted());
    expect(tell(results, 'error')).toEqual([]);
  });
});

describe('what of a target cannot be read is neither a pass nor a failure', () => {
  it.each(parts.map((part) => [part.name, part] as const))('%s', async (_name, part) => {
    const concerned = await Promise.all(part.checks.map((id) => catalogue.load(id)));
    const results = await trials(concerned, part.options());
    const statuses = Object.fromEntries(results.map(({ check, status }) => [check.id, status]));
    expect(statuses).toEqual(Object.fromEntries(part.checks.map((id) => [id, 'blocked'])));
  });
});

const FOREIGN = new Set(['answered by gateway 502', 'answered by challenge', 'answered by limiter 429']);
const foreign = perturbations.filter(({ name }) => FOREIGN.has(name));

describe('what somebody else answered in the middle is neither a pass nor a failure of eMCP', () => {
  const quick = checks.filter(({ impact }) => impact !== 'load');
  const places = [1, 2, 3, 4, 6, 9].flatMap((place) => foreign.map((one) => [one.name, place, one] as const));
  const chosen = places.filter((_place, index) => whole || index % 9 === 0);

  async function failures(perturbation: Perturbation, hits: (index: number) => boolean): Promise<string[]> {
    const tweak = { id: 'test/perturbed', title: '-', story: '-', breaks: ['-'], ...perturbation.tweak(hits) };
    const results = await trials(quick, { ...streamingWorld({ sleepMs: 150 }), tweak, probes: healthyProbes });
    return tell(results, 'fail', 'error');
  }

  it.each(chosen)('%s, request %i and all after it', async (_name, place, perturbation) => {
    expect(await failures(perturbation, (index) => index >= place)).toEqual([]);
  });

  it.each(chosen)('%s, request %i alone', async (_name, place, perturbation) => {
    expect(await failures(perturbation, (index) => index === place)).toEqual([]);
  });
});
