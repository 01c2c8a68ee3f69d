import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { loadProfile } from '../../src/config/load.ts';
import type { Report } from '../../src/model/report.ts';
import { listen } from '../../src/server/listen.ts';
import { createServer } from '../../src/server/server.ts';
import { issueToken } from '../../src/server/services/token-issuer.ts';
import { testIo } from '../support/test-io.ts';

const SECRET = 'pairing-secret-0123456789abcdef0123456789';
const PROFILES = ['hybrid', 'api-only', 'manager-only'] as const;
type Name = (typeof PROFILES)[number];

/** The matrix of docs/modes.md: which profile is told from which. The first red check is named. */
const TOLD: Readonly<Record<Name, Readonly<Record<Name, string>>>> = {
  hybrid: { hybrid: 'ok', 'api-only': 'ok', 'manager-only': 'failed by mode/api-route' },
  'api-only': { hybrid: 'ok', 'api-only': 'ok', 'manager-only': 'failed by mode/api-route' },
  'manager-only': { hybrid: 'failed by mode/api-route', 'api-only': 'failed by mode/api-route', 'manager-only': 'ok' },
};

interface Served {
  readonly url: string;
  readonly cookie: string;
  readonly csrf: string;
  readonly token: string;
}

async function withServer<Result>(name: Name, use: (served: Served) => Promise<Result>): Promise<Result> {
  const profile = await loadProfile(name, { folder: 'profiles', cwd: process.cwd() });
  const ports = { now: () => Date.now(), uuid: () => randomUUID(), log: () => undefined, sleep: async () => undefined };
  const server = createServer({ SAPI_JWT_SECRET: SECRET, ...profile.settings }, ports);
  const listening = await listen(server.app);
  const session = server.services.sessions.signIn(1);
  const sapi = { ...server.settings.sapi, jwtScopes: ['mcp:read', 'mcp:call'] };
  try {
    return await use({
      url: listening.url,
      cookie: `${server.settings.sessionCookie}=${session.id}`,
      csrf: session.csrfToken,
      token: issueToken('ops', { ...server.settings, sapi }, ports),
    });
  } finally {
    await listening.close();
    await server.close();
  }
}

async function check(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly report: Report }> {
  const io = testIo({ env });
  const code = await main(['check', '--json', ...argv], io);
  return { code, report: JSON.parse(io.written) as Report };
}

function firstRed({ outcome, results }: Report): string {
  const red = results.find(({ status, because }) => status === 'fail' && because === undefined);
  return red ? `${outcome} by ${red.check.id}` : outcome;
}

describe('a profile', () => {
  it.each(PROFILES.flatMap((served) => PROFILES.map((promised) => [served, promised] as const)))(
    'on a target that is %s, checked as %s, gives what the matrix says',
    async (served, promised) => {
      await withServer(served, async ({ url, cookie, csrf }) => {
        const env = {
          EMCP_BASE_URL: url,
          EMCP_TEST_JWT_SECRET: SECRET,
          EMCP_MANAGER_COOKIE: cookie,
          EMCP_MANAGER_CSRF: csrf,
        };
        const { report } = await check(['--profile', promised, '--allow', 'load'], env);
        expect(firstRed(report)).toBe(TOLD[served][promised]);
      });
    },
  );

  it('ends within the rate budget with only a read and call token, and says what a secret would add', async () => {
    await withServer('hybrid', async ({ url, token }) => {
      const env = { EMCP_BASE_URL: url, EMCP_API_TOKEN: token };
      const { code, report } = await check(['--allow', 'load'], env);
      expect(code).toBe(0);
      expect(report.plan.buckets.every(({ planned, limit }) => limit === 'unlimited' || planned <= limit)).toBe(true);
      const lacking = report.results.filter(({ reason }) => reason?.includes('signing secret'));
      expect(lacking.map(({ check: { id } }) => id)).toContain('auth/scope-matrix');
      const strict = await check(['--only', 'auth/scope-matrix', '--strict'], env);
      expect(strict.code).toBe(3);
    });
  });
});
