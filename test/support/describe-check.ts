import { describe, expect, it } from 'vitest';
import { openCatalogue, type Catalogue } from '../../src/catalogue/index.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import type { FaultMeta, RemedyMeta } from '../../src/model/fault.ts';
import type { CheckResult } from '../../src/model/report.ts';
import type { Status } from '../../src/model/verdict.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { broken, failed, slugs, trial, type TrialOptions } from './trial.ts';

/** A target as it should be. */
export interface World extends TrialOptions {
  /** Status without any fault; `pass` unless said otherwise. */
  readonly status?: Status;
}

const catalogue = await openCatalogue();

/**
 * The skeleton every check's test has: green in its worlds; red, by the right slug, for every fault that names it, in
 * the fault's world; and no slug that no fault can turn red. A check that is red on the faithful server turns green by
 * its remedies.
 */
export function describeCheck(
  check: AnyCheck,
  worlds: Readonly<Record<string, World>> = { 'a stock installation': {} },
): void {
  const faults = catalogue.faults.filter((fault) => slugsOf(fault.breaks, check.id).length > 0);
  const remedies = catalogue.remedies.filter((remedy) => slugsOf(remedy.mends, check.id).length > 0);
  describe(check.id, () => {
    for (const [name, world] of Object.entries(worlds)) {
      it(`is ${world.status ?? 'pass'} on ${name}`, async () => {
        const result = await trial(check, world);
        expect({
          status: result.status,
          broken: world.status === 'warn' ? [] : failed(result),
          stack: result.stack,
        }).toEqual({
          status: world.status ?? 'pass',
          broken: [],
          stack: undefined,
        });
      });
    }

    it.each(faults.map((fault) => [fault.title, fault] as const))('catches: %s', async (_title, fault) => {
      const result = await trial(check, { ...fault.world, tweak: await loadTweak(catalogue, fault) });
      expect(broken(result)).toEqual(expect.arrayContaining(slugsOf(fault.breaks, check.id)));
      // Somebody else's answer in place of eMCP's is no failure of the claim: nothing could be measured.
      expect(result.status).toBe(statusOf(result, check.severity));
    });

    it.each(remedies.map((remedy) => [remedy.title, remedy] as const))('is green when: %s', async (_title, remedy) => {
      const result = await trial(check, { ...Object.values(worlds)[0], tweak: await loadTweak(catalogue, remedy) });
      expect({ status: result.status, broken: broken(result) }).toEqual({ status: 'pass', broken: [] });
    });

    it('has no observation that nothing can turn red', async () => {
      const results = await Promise.all(Object.values(worlds).map((world) => trial(check, world)));
      const named = new Set(faults.flatMap((fault) => slugsOf(fault.breaks, check.id)));
      const untried = results.flatMap((result) =>
        slugs(result).filter((slug) => !named.has(slug) && !broken(result).includes(slug)),
      );
      expect(results.flatMap(slugs)).not.toEqual([]);
      expect([...new Set(untried)]).toEqual([]);
    });
  });
}

function statusOf({ observations }: CheckResult, severity: 'must' | 'should'): Status {
  const failed = observations.some((one) => one.kind === 'fact' && !one.held);
  const unmeasured = observations.some((one) => one.kind === 'inconclusive');
  if (severity === 'must' && failed) return 'fail';
  return unmeasured ? 'blocked' : 'warn';
}

function slugsOf(named: readonly string[], check: string): string[] {
  return named.filter((name) => name.startsWith(`${check}:`)).map((name) => name.slice(check.length + 1));
}

/** Faults and remedies are data of the server's layers, which only the server's types know. */
export async function loadTweak(
  from: Catalogue,
  meta: FaultMeta | RemedyMeta,
): Promise<(FaultMeta | RemedyMeta) & ServerTweak> {
  return 'breaks' in meta ? from.loadFault(meta.id) : from.loadRemedy(meta.id);
}
