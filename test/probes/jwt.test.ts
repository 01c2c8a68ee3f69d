import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Clock, Token } from '../../src/model/probes.ts';
import { seededIds } from '../../src/probes/ids.ts';
import { createMint, createTokens, readToken } from '../../src/probes/jwt.ts';

const SECRET = 'a-secret-of-this-test-0123456789abcdef-0123456789abcdef-0123456789';
const NOW_S = 1_700_000_000;
const clock: Clock = { now: () => NOW_S * 1000 + 999, monotonic: () => 0, wait: async () => undefined };

function mintFor(check: string, issuer?: string) {
  return createMint({ secret: SECRET, issuer, clock, ids: seededIds('seed', check) });
}

async function claimsOf({ value }: Token, secret = SECRET) {
  const key = new TextEncoder().encode(secret);
  const { payload, protectedHeader } = await jwtVerify(value, key, { currentDate: new Date(NOW_S * 1000) });
  return { ...payload, alg: protectedHeader.alg };
}

describe('a minted token', () => {
  it('lets its check read and call for an hour, under a name of its own', async () => {
    const [one, other] = [mintFor('a/b'), mintFor('a/c')];
    const token = await one.token({});
    expect(await claimsOf(token)).toEqual({
      sub: token.subject,
      scopes: ['mcp:read', 'mcp:call'],
      iat: NOW_S,
      exp: NOW_S + 3600,
      alg: 'HS256',
    });
    expect(token.subject).toMatch(/^emcp-seed-[0-9a-f]{12}$/);
    expect((await one.token({})).subject).toBe(token.subject);
    expect((await other.token({})).subject).not.toBe(token.subject);
  });

  it('says what it was told to, and leaves out what is null', async () => {
    const bare = { subject: null, scopes: null, expiresIn: null };
    expect(await claimsOf(await mintFor('a/b').token(bare))).toEqual({ iat: NOW_S, alg: 'HS256' });
    const other = { subject: 'me', scopes: 'a b', expiresIn: 5, issuedAtIn: -9, notBeforeIn: -3, extra: { x: [1] } };
    expect(await claimsOf(await mintFor('a/b', 'https://issuer.test').token(other))).toEqual({
      sub: 'me',
      scopes: 'a b',
      iat: NOW_S - 9,
      nbf: NOW_S - 3,
      exp: NOW_S + 5,
      iss: 'https://issuer.test',
      x: [1],
      alg: 'HS256',
    });
  });

  it.each(['HS384', 'HS512'] as const)('is signed with %s on demand', async (algorithm) => {
    expect(await claimsOf(await mintFor('a/b').token({ algorithm }))).toMatchObject({ alg: algorithm });
  });

  it('that is over was issued before it was', async () => {
    const { value } = await mintFor('a/b').token({ expiresIn: -60 });
    const { iat = 0, exp = 0 } = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString()) as {
      iat?: number;
      exp?: number;
    };
    expect([exp, iat < exp]).toEqual([NOW_S - 60, true]);
  });
});

describe('an unsound token', () => {
  const tokens = createTokens(() => mintFor('a/b').token({}), clock);

  it.each(['garbage', 'tampered', 'foreign-secret', 'alg-none'] as const)(
    'of kind %s is not verified',
    async (kind) => {
      await expect(claimsOf(await tokens.unsound(kind))).rejects.toBeInstanceOf(Error);
    },
  );

  it('is made from a token whose claims are no JSON, too', async () => {
    const opaque = createTokens(async () => readToken('a.b.c', 'given token'), clock);
    expect((await opaque.unsound('tampered')).value.split('.')).toHaveLength(3);
  });

  it('is refused for its signature only: its claims would do', async () => {
    const { value } = await tokens.unsound('tampered');
    const [, payload = '', signature] = value.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      sub: 'emcp-tampered',
      scopes: ['mcp:read', 'mcp:call'],
      exp: NOW_S + 3600,
    });
    expect(signature).toBe((await tokens.sound()).value.split('.')[2]);
    const foreign = await tokens.unsound('foreign-secret');
    expect(await claimsOf(foreign, 'a-secret-of-nobody-0123456789abcdef')).toMatchObject({ exp: NOW_S + 3600 });
  });
});

describe('a given token', () => {
  it('is read, whatever it is', async () => {
    const { value } = await mintFor('a/b').token({ subject: 'me', scopes: 'mcp:read, mcp:call' });
    expect(readToken(value, 'given token')).toEqual({
      label: 'given token',
      value,
      subject: 'me',
      scopes: ['mcp:read', 'mcp:call'],
      expires: NOW_S + 3600,
    });
    expect(readToken('opaque', 'given token')).toEqual({
      label: 'given token',
      value: 'opaque',
      subject: undefined,
      scopes: undefined,
    });
  });
});
