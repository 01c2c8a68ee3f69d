import { describe, expect, it } from 'vitest';
import { install, rpc, SECRET, sign } from './installation.ts';

const NOW = Date.UTC(2026, 0, 1) / 1000;
const SOUND = { sub: 'someone', scopes: ['mcp:read'] };

async function statusOf(authorization: string, settings: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const { send } = install({ settings });
  return (await send({ claims: null, headers: { authorization }, body: rpc('tools/list') })).status;
}

describe('a token', () => {
  it.each([
    ['is sound', `Bearer ${sign(SOUND)}`, 200],
    ['has a lower-case scheme', `bearer ${sign(SOUND)}`, 200],
    ['has blanks around it', `Bearer \t ${sign(SOUND)}  `, 200],
    ['has another scheme', `Basic ${sign(SOUND)}`, 401],
    ['is missing after its scheme', 'Bearer ', 401],
    ['has four parts', `Bearer ${sign(SOUND)}.more`, 401],
    ['is signed with another secret', `Bearer ${sign(SOUND, undefined, 'other')}`, 401],
    ['says that it is unsigned', `Bearer ${sign(SOUND, { alg: 'none' })}`, 401],
    ['says HS512', `Bearer ${sign(SOUND, { alg: 'HS512' })}`, 401],
    ['says hs256', `Bearer ${sign(SOUND, { alg: 'hs256' })}`, 401],
    ['has no typ and an unknown crit', `Bearer ${sign(SOUND, { alg: 'HS256', crit: ['x'], kid: 'k' })}`, 200],
    ['holds no object', `Bearer ${sign('text')}`, 401],
  ])('that %s', async (_, authorization, status) => {
    expect(await statusOf(authorization)).toBe(status);
  });

  it.each([
    ['exp in the future', { exp: NOW + 1 }, 200],
    ['exp now', { exp: NOW }, 401],
    ['exp in the past', { exp: NOW - 1 }, 401],
    ['exp null', { exp: null }, 200],
    ['exp as numeric text', { exp: String(NOW + 5) }, 200],
    ['exp as a fraction', { exp: NOW + 0.5 }, 200],
    ['exp as a word', { exp: 'tomorrow' }, 401],
    ['nbf now', { nbf: NOW }, 200],
    ['nbf in the future', { nbf: NOW + 1 }, 401],
    ['iat in the future', { iat: NOW + 1 }, 401],
    ['iat in the future but nbf in the past', { iat: NOW + 1, nbf: NOW - 1 }, 200],
    ['any aud, iss and jti', { aud: 'x', iss: 'y', jti: 'z' }, 200],
    ['a user id', { user_id: 1 }, 200],
  ])('with %s', async (_, claims, status) => {
    expect(await statusOf(`Bearer ${sign({ ...SOUND, ...claims })}`)).toBe(status);
  });

  it.each([
    ['a list', ['mcp:read'], 200],
    ['a padded list', ['  mcp:read '], 200],
    ['text with commas', 'mcp:call, mcp:read', 200],
    ['a star', '*', 200],
    ['text with blanks', 'mcp:call mcp:read', 403],
    ['a pattern', ['mcp:*'], 403],
    ['upper case', ['MCP:READ'], 403],
    ['an object', { 0: 'mcp:read' }, 403],
    ['a number', 5, 403],
    ['null', null, 403],
    ['a list in a list', [['mcp:read']], 403],
  ])('whose scopes are %s', async (_, scopes, status) => {
    expect(await statusOf(`Bearer ${sign({ sub: 's', scopes })}`)).toBe(status);
  });

  it('of another issuer is refused once an issuer is configured', async () => {
    const settings = { SAPI_JWT_ISS: 'https://site' };
    expect(await statusOf(`Bearer ${sign({ ...SOUND, iss: 'https://site' })}`, settings)).toBe(200);
    expect(await statusOf(`Bearer ${sign({ ...SOUND, iss: 'https://else' })}`, settings)).toBe(401);
  });

  it('meets a 500 where no secret is configured, and its absence a 401', async () => {
    const settings = { SAPI_JWT_SECRET: '' };
    expect(await statusOf(`Bearer ${sign(SOUND)}`, settings)).toBe(500);
    expect(await statusOf('', settings)).toBe(401);
  });

  it('is not asked for with auth.mode none, however sound or not', async () => {
    expect(await statusOf('Bearer garbage', { 'auth.mode': ' NONE ' })).toBe(200);
    expect(await statusOf('', { 'auth.mode': 'nonne' })).toBe(401);
  });
});

describe('the token endpoint', () => {
  const login = async (body: unknown, settings: Readonly<Record<string, unknown>> = {}) =>
    install({ settings }).send({ path: '/api/v1/token', claims: null, body });

  it('gives a token that the MCP route takes', async () => {
    const installation = install();
    const reply = await installation.send({
      path: '/api/v1/token',
      claims: null,
      body: { username: 'admin', password: 'hidden-password-1' },
    });
    const { object } = reply.json as { readonly object: { readonly token: string } };
    const headers = { authorization: `Bearer ${object.token}` };
    expect(reply.status).toBe(200);
    expect((await installation.send({ claims: null, headers, body: rpc('ping') })).status).toBe(200);
  });

  it.each([
    ['no username', {}, 422],
    ['an unknown user', { username: 'ghost' }, 404],
    ['a wrong password', { username: 'admin', password: 'wrong' }, 401],
    ['an omitted password', { username: 'admin' }, 401],
    ['a role that may not', { username: 'editor', password: 'hidden-password-2' }, 403],
  ])('refuses %s', async (_, body, status) => {
    const reply = await login(body);
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject({ success: false, code: status });
  });

  it('moves with SAPI_VERSION while MCP stays where it is', async () => {
    const { send } = install({ settings: { SAPI_VERSION: 'v2' } });
    expect((await send({ path: '/api/v2/token', claims: null, body: {} })).status).toBe(422);
    expect((await send({ body: rpc('ping') })).status).toBe(200);
  });

  it('takes a form too', async () => {
    const { send } = install();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await send({ path: '/api/v1/token', claims: null, headers, body: 'username=ghost&password=x' });
    expect(reply.status).toBe(404);
  });

  it('keeps the secret to itself', async () => {
    const reply = await login({ username: 'admin', password: 'hidden-password-1' });
    expect(reply.text).not.toContain(SECRET);
  });
});
