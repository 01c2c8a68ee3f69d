import { describe, expect, it } from 'vitest';
import { contentEntry, equals } from '../../src/kit/index.ts';
import { UsageError } from '../../src/model/errors.ts';
import { CAPABILITIES } from '../../src/model/probes.ts';
import type { Lease, Target } from '../../src/model/target.ts';
import type { Wire } from '../../src/server/wire.ts';
import { withTarget } from '../../src/targets/open.ts';
import type { EmbeddedSettings } from '../../src/targets/settings.ts';
import { fakeCheck } from '../support/fakes.ts';
import { trial } from '../support/trial.ts';

const ONE_A_MINUTE = { 'mcp.servers': [contentEntry({ rate_limit: { per_minute: 1 } })] };
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

function embedded(change: Partial<EmbeddedSettings> = {}): EmbeddedSettings {
  return { kind: 'embedded', settings: {}, ...change };
}

async function lending<Result>(target: Target, check: string, use: (lent: Lease) => Promise<Result>): Promise<Result> {
  const lease = await target.lease({ check, seed: 'seed', signal: new AbortController().signal });
  try {
    return await use(lease);
  } finally {
    await lease.release();
  }
}

/** The status of one list call of the check's own subject. */
async function list({ probes: { mcp, token } }: Lease): Promise<number | undefined> {
  const sound = await token?.sound();
  return (await mcp?.send({ body: LIST, ...(sound === undefined ? {} : { token: sound }) }))?.status;
}

describe('the embedded target', () => {
  it('lends exactly the probes it offers, and says why others are missing', async () => {
    await withTarget(embedded(), async (target) => {
      const { offers } = target.facts;
      const lent = await lending(target, 'a/b', async ({ probes }) => Object.keys(probes));
      expect(lent.toSorted()).toEqual(CAPABILITIES.filter((name) => offers[name].offered).toSorted());
      expect(CAPABILITIES.filter((name) => offers[name].because === '')).toEqual([]);
    });
  });

  it('lends every check a server of its own, also at the same time', async () => {
    await withTarget(embedded({ settings: ONE_A_MINUTE }), async (target) => {
      const statuses = await Promise.all(
        ['a/b', 'a/b', 'a/c'].map((check) =>
          lending(target, check, async (lent) => [await list(lent), await list(lent)]),
        ),
      );
      expect(statuses).toEqual([
        [200, 429],
        [200, 429],
        [200, 429],
      ]);
    });
  });

  it('lets the time of its server pass at once', async () => {
    await withTarget(embedded({ settings: ONE_A_MINUTE }), async (target) =>
      lending(target, 'a/b', async (lent) => {
        await list(lent);
        expect(await list(lent)).toBe(429);
        const began = performance.now();
        await lent.clock.wait(61_000);
        expect(await list(lent)).toBe(200);
        expect(performance.now() - began).toBeLessThan(5_000);
      }),
    );
  });

  it('puts in what is wrong, at the server and on the wire', async () => {
    const tweak = { app: () => async () => ({ status: 418, headers: [], body: '' }) };
    await withTarget(embedded({ tweak }), async (target) => {
      expect(await lending(target, 'a/b', list)).toBe(418);
    });
  });

  it('has sessions with and without permission, and a user who may log in', async () => {
    await withTarget(embedded(), async (target) =>
      lending(target, 'a/b', async ({ probes: { manager, session, unprivileged, login, mcp } }) => {
        const sound = await session?.sound();
        const lacking = await unprivileged?.session('emcp');
        if (!sound || !lacking) throw new Error('no session was lent');
        expect((await manager?.send({ session: sound, body: LIST }))?.status).toBe(200);
        expect((await manager?.send({ session: lacking, body: LIST }))?.status).toBe(403);
        const granted = (await login?.login())?.token;
        if (!granted) throw new Error('no token was granted');
        expect((await mcp?.send({ token: granted, body: LIST }))?.status).not.toBe(401);
      }),
    );
  });

  it('keeps no token, cookie or password of all this', async () => {
    await withTarget(embedded(), async (target) => {
      const used: string[] = [];
      await lending(target, 'a/b', async ({ probes: { mcp, mint, manager, session, login } }) => {
        const token = await mint?.token({});
        const sound = await session?.sound();
        const granted = (await login?.login())?.token;
        if (!token || !sound || !granted) throw new Error('a credential is missing');
        const echo = { ...LIST, params: { token: token.value, more: [sound.cookie, granted.value] } };
        await mcp?.send({ token, body: echo, headers: { 'x-echo': token.value } });
        await manager?.send({ session: sound, body: echo });
        used.push(token.value, granted.value, sound.cookie.split('=')[1] ?? '');
      });
      const kept = JSON.stringify(target.journal());
      expect(target.journal()).toHaveLength(3);
      expect(used.filter((secret) => secret.length < 20 || kept.includes(secret.slice(0, 12)))).toEqual([]);
    });
  });

  it('refuses a mistyped setting before anything is lent', async () => {
    const opening = withTarget(embedded({ settings: { 'rate_limit.per_minut': 1 } }), async () => 'opened');
    await expect(opening).rejects.toBeInstanceOf(UsageError);
    await expect(opening).rejects.toMatchObject({ code: 'unknown-setting' });
  });

  it('stops its server on release, and its connections when it is closed', async () => {
    let late: (() => Promise<unknown>) | undefined;
    await expect(
      withTarget(embedded(), async (target) => {
        late = await lending(target, 'a/b', async (lent) => {
          await list(lent);
          return () => list(lent);
        });
        throw new RangeError('in the middle');
      }),
    ).rejects.toBeInstanceOf(RangeError);
    await expect(late?.()).rejects.toMatchObject({ name: 'Unreachable' });
  });

  it.each([
    ['app', { app: () => async () => Promise.reject(new TypeError('fields is not iterable')) }],
    [
      'wire',
      {
        wire: async function* () {
          yield { kind: 'bytes' as const, bytes: Buffer.from('HTTP/1.1 200 OK\r\n\r\n') };
          await Promise.reject(new TypeError('fields is not iterable'));
        },
      },
    ],
  ])('does not let a bug of its %s look like a reset', async (_layer, tweak) => {
    const { status, reason, stack } = await trial(listing, { tweak: { ...NO_FAULT, ...tweak } });
    const because = 'internal error of the embedded server: TypeError: fields is not iterable';
    expect({ status, reason }).toEqual({ status: 'error', reason: because });
    expect(stack).toContain('embedded.test.ts');
  });

  it('lets a connection that is cut on purpose be one', async () => {
    const wire: Wire = async function* () {
      yield { kind: 'cut' };
    };
    expect(await trial(listing, { tweak: { ...NO_FAULT, wire } })).toMatchObject({
      status: 'blocked',
      reason: 'reset: the connection was reset before the answer was complete',
    });
  });
});

const NO_FAULT = { id: 'test/none', title: 'None', story: 'None.', breaks: [] };

const listing = fakeCheck('test/listing', {
  needs: ['mcp', 'token'],
  requests: { 'tools/list': 1 },
  async *run({ mcp, token }) {
    const valid = await token?.sound();
    const seen = await mcp?.send({ ...(valid === undefined ? {} : { token: valid }), body: LIST });
    if (seen) yield equals('answered', { actual: seen.status, expected: 200, seen });
  },
});
