import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completeInstallation } from '../../src/config/installation.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import { makePlan } from '../../src/plan/index.ts';
import { runPlan } from '../../src/run/index.ts';
import { withTarget } from '../../src/targets/open.ts';
import { fakePhp, type FakePhp } from '../probes/shell-fake-php.ts';
import { fakeCheck, fakeProfile } from '../support/fakes.ts';

let php: FakePhp;
beforeAll(() => {
  php = fakePhp();
});
afterAll(() => php.remove());

/** Starts a command that does not want to end, and goes on as soon as that runs. */
function leaving(then: AnyCheck['run']): AnyCheck {
  return fakeCheck('own/leaving', {
    needs: ['artisan'],
    async *run(context) {
      void context.artisan?.run(['ignores']);
      while (!existsSync(php.pidFile) || readFileSync(php.pidFile, 'utf8') === '') await context.clock.wait(5);
      yield* then(context);
    },
  });
}

it.each<[string, (stop: AbortController) => AnyCheck['run'], string]>([
  [
    'is over',
    () =>
      async function* over() {
        yield { kind: 'not-applicable', slug: 'seen', reason: 'it only starts something' };
      },
    'skip',
  ],
  [
    'is stopped',
    (stop) =>
      async function* stopped() {
        stop.abort('interrupted');
        yield await new Promise<never>(() => undefined);
      },
    'blocked',
  ],
])('nothing a check began runs any more when it %s', async (_name, then, status) => {
  rmSync(php.pidFile, { force: true });
  const stop = new AbortController();
  const check = leaving(then(stop));
  const installation = completeInstallation({ url: 'http://127.0.0.1:1', artisan: php.command });
  const profile = fakeProfile();
  await withTarget(installation, async (target) => {
    const planning = { allow: [], wait: false, only: [], named: [], prefix: 'emcp-test' };
    const [result] = await runPlan({
      plan: makePlan({ checks: [check], profile, target: target.facts, ...planning }),
      load: async () => check,
      target,
      expect: profile.expect,
      seed: 's',
      monotonic: () => performance.now(),
      signal: stop.signal,
      concurrency: 1,
      emit: () => undefined,
      pause: async () => undefined,
    });
    expect(result?.status).toBe(status);
    const pid = Number(readFileSync(php.pidFile, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }));
    expect(target.journal().filter(({ kind }) => kind !== 'clock')).toMatchObject([{ probe: 'artisan' }]);
  });
});
