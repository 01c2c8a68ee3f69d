import { expect, it } from 'vitest';
import check from '../../../checks/rate/unlimited.ts';
import type { App, ServerResponse } from '../../../src/server/message.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { trial } from '../../support/trial.ts';

describeCheck(check, {
  'an installation without limits': {
    expect: { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } },
    settings: { 'cms.settings.eMCP.rate_limit.enabled': false },
  },
  'a stock installation': { status: 'skip' },
});

/** A cache in front that keys on the body, says nothing of what it does and takes the trace id away. */
function cacheByBody(): (app: App) => App {
  return (app) => {
    const kept = new Map<string, ServerResponse>();
    return async (request, signal) => {
      const key = Buffer.from(request.body).toString('utf8');
      const response = kept.get(key) ?? (await app(request, signal));
      if (response.status === 200) kept.set(key, response);
      return { ...response, headers: response.headers.filter(([name]) => name.toLowerCase() !== 'x-trace-id') };
    };
  };
}

it('finds the limit behind a cache that keys on the body', async () => {
  const tweak = {
    id: 'front/cache',
    title: 'cache',
    story: 'A cache in front.',
    breaks: [`${check.id}:never-limited`],
  };
  const result = await trial(check, {
    expect: { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } },
    tweak: { ...tweak, app: cacheByBody() },
  });
  expect(result).toMatchObject({ status: 'fail', observations: [{ slug: 'never-limited', actual: 30 }] });
});
