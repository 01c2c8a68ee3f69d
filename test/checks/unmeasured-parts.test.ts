import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { tamper, transportError, withHeader, withValue } from '../../src/kit/index.ts';
import type { Target } from '../../src/model/target.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { failed, trial, type TrialOptions } from '../support/trial.ts';

const catalogue = await openCatalogue();
const check = async (id: string) => catalogue.load(id);

function tweaked(tweak: ServerTweak): NonNullable<TrialOptions['tweak']> {
  return { id: 'test/tweaked', title: '-', story: '-', breaks: ['-'], ...tweak };
}

const withoutTaskId = tweaked({
  app: tamper(
    ({ dispatch }) => dispatch,
    (answer) => withValue(answer, ['task_id'], undefined),
  ),
});

/** Every request takes a second, as on a slow line. */
function slow(target: Target): Target {
  return {
    ...target,
    async lease(request) {
      const lease = await target.lease(request);
      const { mcp } = lease.probes;
      if (mcp === undefined) return lease;
      let seconds = 0;
      const send: typeof mcp.send = async (sent) => {
        const exchange = await mcp.send(sent);
        seconds += 1;
        return { ...exchange, timing: { ...exchange.timing, atMs: seconds * 1000 } };
      };
      return { ...lease, probes: { ...lease.probes, mcp: { ...mcp, send } }, release: () => lease.release() };
    },
  };
}

const UNLIMITED: TrialOptions = {
  expect: { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } },
  settings: { 'cms.settings.eMCP.rate_limit.enabled': false },
};

describe('a part that was not measured leaves no pass behind', () => {
  it.each(['dispatch/lifecycle', 'interop/trace-to-task'])('%s without a task id to follow', async (id) => {
    const result = await trial(await check(id), { tweak: withoutTaskId });
    expect(result).toMatchObject({ status: 'blocked', reason: expect.stringContaining('no task id') as string });
  });

  it('idempotency/race, where no answer names its task', async () => {
    const result = await trial(await check('idempotency/race'), { tweak: withoutTaskId, without: ['database'] });
    expect([result.status, failed(result)]).toEqual(['warn', ['one-task']]);
  });

  it.each([401, 403, 404, 422])(
    'idempotency/other-subject, where another subject is answered with %i',
    async (status) => {
      const subjects = new Set<string>();
      const app = tamper(
        ({ dispatch, claims }) => dispatch && subjects.add(JSON.stringify(claims?.['sub'])).size > 1,
        (answer) => transportError(answer, status, status === 401 ? 'unauthenticated' : 'forbidden'),
      );
      const result = await trial(await check('idempotency/other-subject'), { tweak: tweaked({ app }) });
      expect([result.status, failed(result)]).toEqual(['warn', ['separate']]);
    },
  );

  it('idempotency/other-subject passes a task of its own and a conflict', async () => {
    const conflict = tamper(
      ({ dispatch }, { text }) => dispatch && text.includes('"reused":true'),
      (answer) => transportError(answer, 409, 'idempotency_conflict'),
    );
    const result = await trial(await check('idempotency/other-subject'), { tweak: tweaked({ app: conflict }) });
    expect(result.status).toBe('pass');
  });

  it('rate/unlimited, whose burst may have seen two windows of a limiter', async () => {
    const result = await trial(await check('rate/unlimited'), { ...UNLIMITED, through: slow });
    expect(result).toMatchObject({
      status: 'blocked',
      reason: expect.stringContaining('two limiter windows') as string,
    });
  });

  it('preflight/clock-skew, where no clock can be read', async () => {
    const app = tamper(
      () => true,
      (answer) => withHeader(answer, 'Date', 'soon'),
    );
    const result = await trial(await check('preflight/clock-skew'), { tweak: tweaked({ app }) });
    expect(result).toMatchObject({ status: 'blocked', reason: expect.stringContaining('no Date header') as string });
  });

  it('protocol/ping is no skip that strictness cannot see', async () => {
    const { needs, requests } = await check('protocol/ping');
    expect([needs, typeof requests]).toEqual([['mcp', 'token'], 'function']);
  });

  it('interop/sync-workers repairs what it looks at, so it writes', async () => {
    expect((await check('interop/sync-workers')).impact).toBe('write');
  });
});
