import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeInstallation, type Installation } from '../../src/config/installation.ts';
import type { OptionValues } from '../../src/config/target-options.ts';
import { contentEntry } from '../../src/kit/server-entry.ts';
import { Blocked } from '../../src/model/errors.ts';
import { CAPABILITIES } from '../../src/model/probes.ts';
import type { Lease, Target } from '../../src/model/target.ts';
import { withTarget } from '../../src/targets/open.ts';
import { mintToken } from '../../src/targets/tokens.ts';
import { folderWith } from '../support/config-folder.ts';
import { listening } from '../support/listening.ts';

const SECRET = 'a-secret-of-this-test/with+signs-0123456789abcdef';
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

function installation(url: string, change: Partial<OptionValues> = {}): Installation {
  return completeInstallation({ url, ...change });
}

function given(change: { readonly expiresIn?: number } = {}): Promise<{ readonly value: string }> {
  return mintToken({ secret: SECRET, subject: 'me', scopes: ['mcp:read', 'mcp:call'], expiresIn: 600, ...change });
}

function lend(target: Target, check = 'a/b'): Promise<Lease> {
  return target.lease({ check, seed: 'seed', signal: new AbortController().signal });
}

async function statusWithSoundToken({ probes: { mcp, token } }: Lease): Promise<number | undefined> {
  const sound = await token?.sound();
  return sound && (await mcp?.send({ token: sound, body: LIST }))?.status;
}

describe('a remote target', () => {
  it('mints with the secret, under another name for every check', async () => {
    const url = await listening({
      settings: { SAPI_JWT_SECRET: SECRET, 'mcp.servers': [contentEntry({ rate_limit: { per_minute: 1 } })] },
    });
    await withTarget(installation(url, { secret: SECRET }), async (target) => {
      const [one, other] = [await lend(target, 'a/b'), await lend(target, 'a/c')];
      expect(await statusWithSoundToken(one)).toBe(200);
      expect(await statusWithSoundToken(one)).toBe(429);
      expect(await statusWithSoundToken(other)).toBe(200);
    });
  });

  it('gives its own limiter as an answer to a burst only, and blocks whoever sends none', async () => {
    const url = await listening({
      settings: { SAPI_JWT_SECRET: SECRET, 'mcp.servers': [contentEntry({ rate_limit: { per_minute: 1 } })] },
    });
    await withTarget(installation(url, { token: (await given()).value }), async (target) => {
      const { signal } = new AbortController();
      const { probes } = await target.lease({ check: 'a/b', seed: 'seed', signal, limitBlocks: true });
      const sound = await probes.token?.sound();
      if (sound === undefined || probes.mcp === undefined) throw new Error('no token');
      expect((await probes.mcp.send({ token: sound, body: LIST })).status).toBe(200);
      const spent = /^the rate-limit bucket of this identity \(given token\) is spent: try again in \d+ s$/;
      for (const ask of [
        () => probes.mcp?.send({ token: sound, body: LIST }),
        () => probes.mcp?.call('tools/list', {}, { token: sound }),
        () => probes.stream?.watch('tools/list', {}, { token: sound, seconds: 5 }),
      ]) {
        const refused: unknown = await Promise.resolve(ask()).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(Blocked);
        expect(refused).toHaveProperty('message', expect.stringMatching(spent));
      }
      expect(statusesIn(target)).toEqual([200, 429, 429, 429]);
      expect(await statusWithSoundToken(await lend(target, 'a/c'))).toBe(429);
    });
  });

  it('waits for a whole response as long as it was told to, and no longer', async () => {
    const silent = await listening({ tweak: { app: () => () => new Promise(() => undefined) } });
    await withTarget(installation(silent, { timeout: 0.3 }), async (target) => {
      const { probes } = await lend(target);
      await expect(probes.mcp?.send({ body: LIST })).rejects.toMatchObject({
        kind: 'timeout-total',
        message: 'no complete answer within 300 ms',
      });
    });
  });

  it('uses a given token, and refuses one that has expired before it is sent', async () => {
    const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
    const [sound, expired] = [(await given()).value, (await given({ expiresIn: -5 })).value];
    await withTarget(installation(url, { token: sound }), async (target) => {
      expect(await statusWithSoundToken(await lend(target))).toBe(200);
    });
    await withTarget(installation(url, { token: expired }), async (target) => {
      await expect(statusWithSoundToken(await lend(target))).rejects.toBeInstanceOf(Blocked);
      expect(target.journal()).toMatchObject([{ kind: 'credential', failure: { name: 'blocked' } }]);
    });
  });

  it.each([
    ['nothing', {}, ['mcp', 'manager', 'stream'], ['mcp', 'manager']],
    ['a token', { token: 'opaque-token' }, ['mcp', 'manager', 'stream', 'token'], ['mcp', 'manager']],
    ['a secret', { secret: SECRET }, ['mcp', 'manager', 'mint', 'stream', 'token'], ['manager']],
    ['a cookie', { cookie: 'a=b' }, ['mcp', 'manager', 'session', 'stream'], ['mcp', 'manager']],
    ['a user', { username: 'a', password: 'b' }, ['login', 'mcp', 'manager', 'stream'], ['mcp', 'manager']],
  ])('with %s offers what that allows, and lends no more', async (_name, change, offered, shared) => {
    await withTarget(installation('http://127.0.0.1:1', change), async (target) => {
      const there = CAPABILITIES.filter((name) => target.facts.offers[name].offered);
      expect(there.toSorted()).toEqual(offered.toSorted());
      expect(Object.keys((await lend(target)).probes).toSorted()).toEqual(offered.toSorted());
      expect(target.facts.sharedIdentities).toEqual(shared);
    });
  });

  it('says what to give for each absence', async () => {
    await withTarget(installation('http://127.0.0.1:1'), async ({ facts: { offers } }) => {
      expect(offers.token.because).toMatch(/--token-file.*EMCP_API_TOKEN/);
      expect(offers.mint.because).toMatch(/--secret-file.*EMCP_TEST_JWT_SECRET/);
      expect(offers.session.because).toMatch(/EMCP_MANAGER_COOKIE/);
    });
  });

  it('keeps none of its secrets, though the target echoes them as PHP would', async () => {
    const secrets = { secret: SECRET, cookie: 'evo_session=cookie/value+0123456789', csrf: 'csrf&token"0123456789' };
    const echo = JSON.stringify(Object.values(secrets))
      .replaceAll('/', String.raw`\/`)
      .replaceAll('&', String.raw`\u0026`);
    const answer = { status: 500, headers: [['Content-Type', 'application/json']] as const, body: echo };
    const url = await listening({ tweak: { app: () => async () => answer } });
    await withTarget(installation(url, secrets), async (target) => {
      const { probes } = await lend(target);
      const session = await probes.session?.sound();
      if (!session) throw new Error('no session was lent');
      const exchange = await probes.manager?.send({ session, body: LIST });
      expect(exchange?.text).toBe(echo);
      const kept = JSON.stringify(target.journal());
      expect(kept).not.toMatch(/a-secret-of|cookie[^)]value|csrf[^)]token|0123456789/);
    });
  });

  it('reads the settings files in the directory that is behind a prefix', async () => {
    const folder = folderWith({ 'core/custom/config/cms/settings/eMCP.php': "<?php return ['enable' => true];" });
    const artisanCwd = { written: join(folder, 'core'), absolute: '/nowhere' };
    const there = installation('http://127.0.0.1:1', { exec: ['env', '-C', '/'], artisanCwd });
    await withTarget(there, async (target) => {
      const { probes } = await lend(target);
      expect((await probes.config?.settings())?.read('enable')).toEqual({ kind: 'value', value: true });
    });
  });

  it('tells that nobody is there', async () => {
    await withTarget(installation('http://127.0.0.1:1', { secret: SECRET }), async (target) => {
      await expect(statusWithSoundToken(await lend(target))).rejects.toMatchObject({ kind: 'refused' });
      expect(target.journal()).toMatchObject([{ check: 'a/b', sequence: 1, failure: { kind: 'refused' } }]);
    });
  });
});

/** Of the HTTP responses that were recorded. */
function statusesIn(target: Target): readonly number[] {
  return target.journal().flatMap((entry) => {
    const exchange = entry.kind === 'http' || entry.kind === 'stream' ? entry.response : undefined;
    return exchange === undefined ? [] : [exchange.status];
  });
}
