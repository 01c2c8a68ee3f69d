import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { streamingWorld } from '../../src/kit/index.ts';
import type { CheckResult } from '../../src/model/report.ts';
import { dispatchingWorld } from '../support/dispatching.ts';
import { trials, type TrialOptions } from '../support/trial.ts';
import { healthyProbes, perturbations, type Perturbation } from './perturbed.ts';

const catalogue = await openCatalogue();
const checks = await Promise.all(catalogue.checks.map(({ id }) => catalogue.load(id)));

const unlimited = { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } } as const;

/** Installations in which, between them, every check applies. */
const WORLDS: Readonly<Record<string, TrialOptions>> = {
  streaming: { ...streamingWorld({ sleepMs: 500 }), together: false },
  'dispatch inline': dispatchingWorld('sync'),
  'without limits': { expect: unlimited, settings: { 'cms.settings.eMCP.rate_limit.enabled': false } },
  'API closed': {
    expect: { mode: { internal: true, api: false } },
    settings: { 'cms.settings.eMCP.mode.api': false },
  },
};

const all = (): boolean => true;

async function run(world: TrialOptions, perturbation?: Perturbation, hits = all): Promise<readonly CheckResult[]> {
  if (perturbation === undefined) return trials(checks, { ...world, probes: healthyProbes });
  const { tweak, probes, timeLimitMs } = perturbation;
  return trials(checks, {
    ...world,
    tweak: { id: 'test/perturbed', title: '-', story: '-', breaks: ['-'], ...tweak(hits) },
    probes: { ...healthyProbes, ...probes },
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  });
}

function idsOf(results: readonly CheckResult[], ...statuses: readonly string[]): string[] {
  return results
    .filter(({ status }) => statuses.includes(status))
    .map(({ check, reason }) => `${check.id}${reason === undefined ? '' : `: ${reason}`}`);
}

const healthy = new Map<string, readonly CheckResult[]>();
for (const [name, world] of Object.entries(WORLDS)) healthy.set(name, await run(world));

describe('without a measurement', () => {
  it('there is every pass of a healthy target, so that blocked for everything is no way out', () => {
    const measured = [...healthy.values()].flatMap((results) =>
      idsOf(results, 'pass', 'warn').map((one) => one.split(':')[0]),
    );
    // Nothing in the fixture site is larger than a result may be, and nobody names a server outside the allow list.
    const never = ['policy/denied-server', 'transport/result-too-large'];
    expect(checks.map(({ id }) => id).filter((id) => !measured.includes(id))).toEqual(never);
    for (const results of healthy.values()) expect(idsOf(results, 'fail', 'blocked', 'error')).toEqual([]);
  });

  it.each(perturbations.map((one) => [one.name, one] as const))('%s gives no pass', async (_name, perturbation) => {
    for (const [name, world] of Object.entries(WORLDS)) {
      const results = await run(world, perturbation);
      expect({ world: name, passed: idsOf(results, 'pass'), broken: idsOf(results, 'error') }).toEqual({
        world: name,
        passed: [],
        broken: [],
      });
    }
  });
});
