import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { replaceHeader, streamingWorld } from '../../src/kit/index.ts';
import type { HeaderList } from '../../src/model/evidence.ts';
import type { CheckResult } from '../../src/model/report.ts';
import { isRed } from '../../src/model/verdict.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { afterRequests, CMS_PAGES, IN_FRONT, LIMITERS, REFUSALS, replaced } from '../support/fronts.ts';
import { trial, trials, type TrialOptions } from '../support/trial.ts';

const catalogue = await openCatalogue();
const all = await Promise.all(catalogue.checks.map(({ id }) => catalogue.load(id)));
// As with faults: every check against every answer is for the gate, a plain run takes every fourth answer.
const whole = process.env['EMCP_CI_REQUIRE'] === '1';
const HTTP = new Set<string>(['mcp', 'manager', 'login', 'stream']);

function section(name: string, except: readonly string[] = []) {
  return all.filter(({ id }) => id.startsWith(`${name}/`) && !except.includes(id));
}

function checkOf(id: string) {
  const check = all.find((one) => one.id === id);
  if (check === undefined) throw new Error(id);
  return check;
}

function tweaked(id: string, tweak: ServerTweak): NonNullable<TrialOptions['tweak']> {
  return { id, title: id, story: id, breaks: ['any/check:slug'], ...tweak };
}

/** What a report says of a check that somebody else answered: not a pass, and who it was. */
function verdictOf({ status, reason = '', observations }: CheckResult) {
  const notes = observations.flatMap((seen) => (seen.kind === 'fact' ? (seen.note ?? []) : []));
  return { status, told: [reason, ...notes].join('\n') };
}

function blockedBy(named: string) {
  return { status: 'blocked', told: expect.stringContaining(named) as string };
}

const UNLIMITED: TrialOptions = {
  expect: { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } },
  settings: { 'cms.settings.eMCP.rate_limit.enabled': false },
};

describe.each(Object.entries(LIMITERS))('a limiter in front: %s', (_name, { answer, named }) => {
  it.each([0, 20])('after %i requests gives no check of the limit a verdict', async (count) => {
    const tweak = tweaked('front/limiter', replaced(answer, afterRequests(count)));
    const limited = await trials(section('rate', ['rate/unlimited']), { tweak });
    const unlimited = await trial(checkOf('rate/unlimited'), { ...UNLIMITED, tweak });
    for (const result of [...limited, unlimited]) {
      expect({ id: result.check.id, ...verdictOf(result) }).toEqual({ id: result.check.id, ...blockedBy(named) });
    }
  });

  it('with the very limit of eMCP is not taken for it', async () => {
    const tweak = tweaked('front/limiter', replaced(answer, afterRequests(30)));
    expect(verdictOf(await trial(checkOf('rate/threshold'), { tweak }))).toEqual(blockedBy(named));
  });

  it('that bans whoever eMCP limited once is not taken for its recovery', async () => {
    const ban = (): ((question: unknown, answer: { readonly status: number }) => boolean) => {
      let isBanned = false;
      return (_question, { status }) => {
        const before = isBanned;
        isBanned ||= status === 429;
        return before;
      };
    };
    const result = await trial(checkOf('rate/recovery'), { tweak: tweaked('front/ban', replaced(answer, ban)) });
    expect(verdictOf(result)).toEqual(blockedBy(named));
    expect(result.observations.map(({ kind }) => kind)).toEqual(['inconclusive', 'inconclusive']);
  });
});

describe('mode/manager-guard', () => {
  const { 'the login page': login, ...others } = CMS_PAGES;

  it.each(Object.entries({ ...IN_FRONT, ...others }))('proves nothing by %s', async (name, { answer, named }) => {
    const result = await trial(checkOf('mode/manager-guard'), { tweak: tweaked(name, replaced(answer)) });
    expect(verdictOf(result)).toEqual(blockedBy(named));
  });

  it('is proved by the login page of the manager', async () => {
    const tweak = tweaked('login', replaced(login?.answer ?? { status: 0, headers: [], text: '' }));
    expect((await trial(checkOf('mode/manager-guard'), { tweak })).status).toBe('pass');
  });
});

describe('mode/api-route', () => {
  const check = checkOf('mode/api-route');
  const closed: TrialOptions = {
    expect: { mode: { internal: true, api: false } },
    settings: { 'cms.settings.eMCP.mode.api': false },
  };
  const onApi = () => (question: { readonly route: string }) => question.route === 'api';

  it.each(Object.entries(IN_FRONT))('is neither open nor closed by %s', async (name, { answer, named }) => {
    const tweak = tweaked(name, replaced(answer, onApi));
    expect(verdictOf(await trial(check, { tweak }))).toEqual(blockedBy(named));
    expect(verdictOf(await trial(check, { ...closed, tweak }))).toEqual(blockedBy(named));
  });

  it.each(Object.entries(CMS_PAGES))('is not open by %s', async (name, { answer, named }) => {
    const tweak = tweaked(name, replaced(answer, onApi));
    expect(verdictOf(await trial(check, { tweak }))).toEqual({ ...blockedBy(named), status: 'fail' });
    const whileClosed = await trial(check, { ...closed, tweak });
    expect(whileClosed.status).toBe(['the home page', 'the 404 page'].includes(name) ? 'pass' : 'blocked');
  });
});

describe.each(Object.entries(REFUSALS))('a gateway that refuses: %s', (_name, { answer, named }) => {
  it('lets no check of the tokens pass', async () => {
    for (const result of await trials(section('auth'), { tweak: tweaked('front/refusal', replaced(answer)) })) {
      expect({ id: result.check.id, ...verdictOf(result) }).toEqual({ id: result.check.id, ...blockedBy(named) });
    }
  });

  it('in place of what eMCP refuses lets none pass that is about refusals', async () => {
    const refused = () => (_question: unknown, given: { readonly status: number }) => [401, 403].includes(given.status);
    const tweak = tweaked('front/refusal', replaced(answer, refused));
    for (const result of await trials(section('auth', ['auth/sound-token']), { tweak })) {
      expect({ id: result.check.id, ...verdictOf(result) }).toEqual({ id: result.check.id, ...blockedBy(named) });
    }
  });
});

describe('the checks of streams', () => {
  it.each(Object.entries({ ...IN_FRONT, ...LIMITERS }))('judge nothing by %s', async (name, { answer, named }) => {
    const streaming = section('stream').filter(({ id }) => id !== 'stream/disabled');
    const options = { ...streamingWorld(), tweak: tweaked(name, replaced(answer)) };
    for (const result of await trials(streaming, options)) {
      expect({ id: result.check.id, ...verdictOf(result) }).toEqual({ id: result.check.id, ...blockedBy(named) });
    }
  });
});

describe('no check that sends requests passes', () => {
  const tried = Object.entries(IN_FRONT).filter((_front, index) => whole || index % 4 === 0);
  it.each(tried)('where everything is answered by %s', async (name, { answer, named }) => {
    const asking = all.filter(({ needs, impact }) => impact !== 'load' && needs.some((probe) => HTTP.has(probe)));
    const results = await trials(asking, { tweak: tweaked(name, replaced(answer)) });
    const judged = results.filter(({ status }) => status !== 'blocked' && status !== 'skip');
    // A page in place of a failure's shape is what one check looks for.
    const failing = name === 'a debug page' ? [['transport/internal-error-shape', 'fail']] : [];
    expect(judged.map(({ check, status }) => [check.id, status])).toEqual(failing);
    const unnamed = results.filter((result) => result.status === 'blocked' && !verdictOf(result).told.includes(named));
    expect(unnamed.map((result) => [result.check.id, verdictOf(result).told])).toEqual([]);
  });
});

/** They promise that the trace id arrives. */
const TRACED = ['dispatch/accepted', 'trace/trace-id', 'interop/trace-to-task'];

/** What a proxy does to the headers of every answer, streams too, and what then cannot be as promised. */
const PROXIES: Readonly<
  Record<string, { readonly rewrite: (headers: HeaderList) => HeaderList; readonly red?: readonly string[] }>
> = {
  'that removes the trace id': { rewrite: replaceHeader('X-Trace-Id'), red: TRACED },
  'that sets a trace id of its own': { rewrite: replaceHeader('X-Trace-Id', 'made-by-the-proxy'), red: TRACED },
  'that forbids storing': { rewrite: replaceHeader('Cache-Control', 'no-store'), red: ['stream/headers'] },
  'that removes cookies': { rewrite: replaceHeader('Set-Cookie') },
  'that calls itself Cloudflare': {
    rewrite: (headers) => [
      ...replaceHeader('Server', 'cloudflare')(headers),
      ['CF-Cache-Status', 'DYNAMIC'],
      ['Age', '0'],
    ],
  },
};

describe('a healthy target is green, but for what was taken away, behind a proxy', () => {
  it.each(Object.entries(PROXIES).filter((_proxy, index) => whole || index % 2 === 0))(
    '%s',
    async (_name, { rewrite, red = [] }) => {
      const quick = all.filter(({ impact }) => impact !== 'load');
      const app: ServerTweak['app'] = (inner) => async (request, signal) => {
        const response = await inner(request, signal);
        return { ...response, headers: rewrite(response.headers) };
      };
      const results = await trials(quick, {
        ...streamingWorld({ count: 2, sleepMs: 800 }),
        tweak: tweaked('front/proxy', { app }),
      });
      expect(results.filter(({ status }) => isRed(status)).map(({ check }) => check.id)).toEqual(red);
    },
  );
});
