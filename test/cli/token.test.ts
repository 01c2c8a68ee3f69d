import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { fixtureSite } from '../../src/server/content/fixture.ts';
import { folderWith } from '../support/config-folder.ts';
import { listening } from '../support/listening.ts';
import { testIo, type TestIo } from '../support/test-io.ts';

const SECRET = 'a-secret-that-is-long-enough-for-anybody';
const DEMO_SECRET = 'emcp-demo-secret-0123456789abcdef0123456789abcdef';

interface Told {
  readonly code: number;
  readonly io: TestIo;
}

async function emcp(
  line: string,
  {
    files = {},
    env = {},
    stdin = '',
  }: { files?: Record<string, string>; env?: Record<string, string>; stdin?: string } = {},
): Promise<Told> {
  const cwd = folderWith({ 'jwt.secret': `${SECRET}\n`, ...files });
  const io = testIo({ cwd, env, readStdin: async () => stdin });
  return { code: await main(line.split(' '), io), io };
}

function claimsOf(token: string): JsonObject {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JsonObject;
}

const NOW = Math.floor(Date.now() / 1000);
const SOUND = { sub: 'me', scopes: ['mcp:read'], iat: NOW, exp: NOW + 7200 };

function signed(claims: JsonObject, secret = SECRET, alg = 'HS256'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ typ: 'JWT', alg })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('emcp token mint', () => {
  it('prints the token alone, and what it grants elsewhere', async () => {
    const { code, io } = await emcp(
      'token mint --secret-file jwt.secret --scopes mcp:read --subject dash --expires 15m',
    );
    expect({ code, claims: claimsOf(io.written) }).toMatchObject({
      code: 0,
      claims: { sub: 'dash', scopes: ['mcp:read'] },
    });
    const { iat, exp } = claimsOf(io.written);
    expect(Number(exp) - Number(iat)).toBe(900);
    expect(io.written).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(io.told).not.toContain(io.written.trim());
  });

  it('takes secret and issuer from a target, whose other credentials need not be there', async () => {
    const files = {
      'emcp.yaml':
        'targets: { live: { url: "http://127.0.0.1:1", secret: "file:jwt.secret", issuer: site, cookie: "${env:GONE}" } }',
    };
    const { code, io } = await emcp('token mint --target live', { files });
    expect({ code, claims: claimsOf(io.written) }).toMatchObject({ code: 0, claims: { iss: 'site' } });
    expect(io.told).toContain('the clocks were not compared');
  });

  it.each([
    [0, /^minted/],
    [-90_000, /clock is 9\d seconds behind/],
    [7_200_000, /clock is 2 hours ahead/],
  ])('compares the clocks when the target is %d ms off', async (off, told) => {
    const date = ['Date', new Date(Date.now() + off).toUTCString()] as const;
    const url = await listening({
      tweak: {
        app: (app) => async (request, signal) => {
          const answer = await app(request, signal);
          return { ...answer, headers: [...answer.headers, date] };
        },
      },
    });
    const { code, io } = await emcp(`token mint --secret-file jwt.secret --url ${url}`);
    expect(code).toBe(0);
    expect(io.told).toMatch(told);
  });

  it.each([
    ['--scopes *', SECRET, /\*/],
    ['--subject a', DEMO_SECRET, /H10/],
    ['--subject a', 'short', /H10/],
  ])('warns of %s with such a secret', async (flags, secret, told) => {
    const { code, io } = await emcp(`token mint ${flags}`, { env: { EMCP_TEST_JWT_SECRET: secret } });
    expect(code).toBe(0);
    expect(io.told).toMatch(new RegExp(`^warning: .*${told.source}`, 'm'));
    expect(io.told).not.toContain(secret);
  });

  it.each(['', '--secret-file jwt.secret --scopes ,', '--secret-file jwt.secret --expires soon', '--secret hush'])(
    'refuses %j before anything is signed',
    async (flags) => {
      const { code, io } = await emcp(`token mint ${flags}`.trim());
      expect({ code, written: io.written }).toEqual({ code: 2, written: '' });
      expect(io.told).toMatch(/\nnext: /);
      expect(io.told).not.toContain('hush');
    },
  );
});

describe('emcp token inspect', () => {
  async function inspect(token: string) {
    const { code, io } = await emcp('token inspect --token-file - --json', { stdin: `${token}\n` });
    expect(io.written + io.told).not.toContain(token);
    const { findings } = JSON.parse(io.written) as { findings: { code: string }[] };
    return { code, findings: findings.map((finding) => finding.code) };
  }

  it('tells claims, scopes and expiry in words', async () => {
    const { code, io } = await emcp('token inspect', { env: { EMCP_API_TOKEN: signed({ ...SOUND, aud: 'x' }) } });
    expect(code).toBe(0);
    expect(io.written).toMatch(/^subject +me$/m);
    expect(io.written).toMatch(/^scopes +mcp:read$/m);
    expect(io.written).toMatch(/^expires .* \(in (?:2 hours|120 minutes|119 minutes)\)$/m);
    expect(io.written).toMatch(/^aud +x$/m);
  });

  it.each<[string, number, JsonObject]>([
    ['every-scope', 0, { ...SOUND, scopes: '*' }],
    ['no-expiry', 0, { sub: 'me', scopes: ['mcp:read'] }],
    ['no-scopes', 0, { ...SOUND, scopes: {} }],
    ['scope-encoding', 0, { ...SOUND, scopes: 'mcp:read mcp:call' }],
    ['no-subject', 0, { ...SOUND, sub: ' ' }],
    ['expired', 1, { ...SOUND, exp: NOW }],
    ['bad-expiry', 1, { ...SOUND, exp: 'soon' }],
    ['not-yet-valid', 1, { ...SOUND, nbf: NOW + 600 }],
    ['from-the-future', 1, { ...SOUND, iat: NOW + 600 }],
  ])('finds %s', async (finding, code, claims) => {
    expect(await inspect(signed(claims))).toEqual({ code, findings: [finding] });
  });

  it('finds nothing remarkable in a sound token', async () => {
    expect(await inspect(signed(SOUND))).toEqual({ code: 0, findings: [] });
  });

  it.each([DEMO_SECRET, 'changeme', '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b'])(
    'finds the published secret behind a token: %s',
    async (secret) => {
      expect(await inspect(signed(SOUND, secret))).toEqual({ code: 1, findings: ['known-secret'] });
    },
  );

  it('finds an algorithm that is not accepted', async () => {
    expect(await inspect(signed(SOUND, SECRET, 'none'))).toEqual({ code: 1, findings: ['algorithm'] });
  });

  it.each(['garbage', 'a.b.c', '', 'eyJhbGciOiJIUzI1NiJ9.W10.x'])('refuses %j without repeating it', async (token) => {
    const { code, io } = await emcp('token inspect --token-file token.txt', { files: { 'token.txt': token } });
    expect({ code, written: io.written }).toEqual({ code: 2, written: '' });
    expect(io.told).toMatch(/\nnext: /);
  });

  it('lets hostile claims do nothing to a terminal', async () => {
    const { io } = await emcp('token inspect', {
      env: { EMCP_API_TOKEN: signed({ ...SOUND, '\u001B[2J': 'a\u001B]0;b\u0007\nexpires never' }) },
    });
    expect(io.written).not.toContain('\u001B');
    expect(io.written).not.toMatch(/^expires never/m);
  });
});

describe('emcp token login', () => {
  const [user] = fixtureSite['users'] ?? [];
  const username = String(user?.['username']);
  const password = String(user?.['password']);

  it('prints the granted token alone, and warns of what it grants', async () => {
    const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
    const files = { password };
    const { code, io } = await emcp(`token login --url ${url} --login ${username} --password-file password`, { files });
    expect({ code, claims: claimsOf(io.written) }).toMatchObject({ code: 0, claims: { sub: username, scopes: ['*'] } });
    expect(io.told).toMatch(/^granted to .*: \*; expires in 60 minutes$/m);
    expect(io.told).toMatch(/^warning: /m);
    expect(io.told).not.toContain(io.written.trim());
  });

  it.each([
    [username, 401],
    ['nobody-here', 404],
  ])('tells why %s is refused', async (name, status) => {
    const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
    const env = { EMCP_BASE_URL: url, EMCP_USERNAME: name, EMCP_PASSWORD: 'wrong-pass' };
    const { code, io } = await emcp('token login', { env });
    expect({ code, written: io.written }).toEqual({ code: 1, written: '' });
    expect(io.told).toContain(`HTTP ${status}`);
    expect(io.told).not.toContain('wrong-pass');
  });

  it('is blocked where nobody answers', async () => {
    const env = { EMCP_BASE_URL: 'http://127.0.0.1:1', EMCP_USERNAME: 'a', EMCP_PASSWORD: 'b' };
    const { code, io } = await emcp('token login', { env });
    expect({ code, next: io.told.includes('\nnext: ') }).toEqual({ code: 3, next: true });
  });

  it.each(['', '--url http://127.0.0.1:1', '--url http://127.0.0.1:1 --login me'])('refuses %j', async (flags) => {
    const { code, io } = await emcp(`token login ${flags}`.trim());
    expect(code).toBe(2);
    expect(io.told).toMatch(/\nnext: /);
  });
});
