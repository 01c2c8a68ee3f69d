import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../src/server/services/rate-limiter.ts';
import { install, rpc } from './installation.ts';

const BUCKET = { server: 'content', method: 'tools/list', identity: 'api:x' };

describe('the rate window', () => {
  it('opens with the first request and closes after 60 whole seconds', async () => {
    const clock = { now: 10_999 };
    const limiter = createRateLimiter({ now: () => clock.now });
    await limiter.admit(BUCKET, 1);
    expect(await limiter.admit(BUCKET, 1)).toEqual({ kind: 'limited', retryAfterSeconds: 60 });
    clock.now = 69_999;
    expect(await limiter.admit(BUCKET, 1)).toEqual({ kind: 'limited', retryAfterSeconds: 1 });
    clock.now = 70_000;
    expect(await limiter.admit(BUCKET, 1)).toEqual({ kind: 'admitted' });
  });

  it('is not lengthened by refused requests', async () => {
    const clock = { now: 0 };
    const limiter = createRateLimiter({ now: () => clock.now });
    for (let second = 0; second < 60; second += 1) {
      clock.now = second * 1000;
      await limiter.admit(BUCKET, 1);
    }
    clock.now = 60_000;
    expect(await limiter.admit(BUCKET, 1)).toEqual({ kind: 'admitted' });
  });

  it('keeps servers, methods and identities apart', async () => {
    const limiter = createRateLimiter({ now: () => 0 });
    await limiter.admit(BUCKET, 1);
    for (const change of [{ server: 'other' }, { method: 'ping' }, { identity: 'api:y' }]) {
      expect(await limiter.admit({ ...BUCKET, ...change }, 1)).toEqual({ kind: 'admitted' });
    }
  });

  it('forgets everything when the cache is cleared', async () => {
    const limiter = createRateLimiter({ now: () => 0 });
    await limiter.admit(BUCKET, 1);
    limiter.clear();
    expect(await limiter.admit(BUCKET, 1)).toEqual({ kind: 'admitted' });
  });
});

describe('the rate limit of a server', () => {
  async function admitted(settings: Readonly<Record<string, unknown>>, path?: string): Promise<number> {
    const { send } = install({ settings });
    let count = 0;
    for (; count < 70; count += 1) {
      const reply = await send({ ...(path === undefined ? {} : { path }), body: rpc('ping') });
      if (reply.status === 429) break;
    }
    return count;
  }

  it('is its own, else the global one', async () => {
    expect(await admitted({})).toBe(30);
    expect(await admitted({}, '/api/v1/mcp/nowhere')).toBe(60);
  });

  it.each([0, -5, 'many', null])('is off where per_minute is %s', async (perMinute) => {
    const servers = [{ handle: 'content', transport: 'web', class: 'X', enabled: true, rate_limit: { per_minute: 0 } }];
    const settings =
      perMinute === null ? { 'mcp.servers': servers } : { 'rate_limit.per_minute': perMinute, 'mcp.servers': [] };
    expect(await admitted(settings)).toBe(70);
  });

  it('is off where the limiter is', async () => {
    expect(await admitted({ 'rate_limit.enabled': false })).toBe(70);
  });

  it('counts tokens without a subject by address', async () => {
    const { send } = install({ settings: { 'mcp.servers': [], 'rate_limit.per_minute': 1 } });
    const claims = { scopes: ['*'] };
    expect((await send({ claims, body: rpc('ping') })).status).toBe(404);
    expect((await send({ claims: { ...claims, jti: 'x', sub: ' ' }, body: rpc('ping') })).status).toBe(429);
  });
});
