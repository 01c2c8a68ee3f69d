import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { main } from '../../src/cli/main.ts';
import { plainAnswer, tamper } from '../../src/kit/index.ts';
import { report, type Report } from '../../src/model/report.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { loadTweak } from '../support/describe-check.ts';
import { listening } from '../support/listening.ts';
import { testIo } from '../support/test-io.ts';

const SECRET = 'who-answered-secret-0123456789abcdef012345';
const FORMATS = ['terminal', 'json', 'ndjson', 'junit', 'markdown', 'github', 'html'];

const catalogue = await openCatalogue();
const inFront = catalogue.faults.filter(({ id }) => id.startsWith('front/') || id === 'preflight/bad-gateway');

interface Named {
  /** What every report says of who answered. */
  readonly as: string;
  /** A part of the advice, where eMCP said nothing itself. */
  readonly advice?: string;
}

const PROXY_LOG = 'error log of that web server or proxy';

const NAMED: Readonly<Record<string, Named>> = {
  'front/bad-gateway': { as: 'answered by nginx, not by eMCP: HTTP 502', advice: PROXY_LOG },
  'front/bad-gateway-at-times': { as: 'answered by nginx, not by eMCP: HTTP 502', advice: PROXY_LOG },
  'front/byte-order-mark': { as: 'begins with a byte order mark', advice: 'cuts answers' },
  'front/cache': {
    as: 'answered by a cache (no name given) with an earlier answer, not by eMCP: HTTP 401',
    advice: 'Take the MCP paths out of that cache',
  },
  'front/challenge': { as: 'challenge (Cloudflare) in front of eMCP: HTTP 403', advice: 'allow rule for its address' },
  'front/cms-failure': { as: 'answered by an error page of the CMS, not by eMCP: HTTP 500' },
  'front/compressed': { as: 'cannot be read as one of eMCP (encoded as gzip): HTTP 401', advice: 'cuts answers' },
  'front/cut': { as: 'cannot be read as one of eMCP (cut in the middle): HTTP 401', advice: 'cuts answers' },
  'front/debug-page': {
    as: 'answered by a debug page, not by eMCP: HTTP 500',
    advice: 'read the log of the application',
  },
  'front/firewall': { as: 'answered by a firewall, not by eMCP: HTTP 200', advice: PROXY_LOG },
  'front/form-expired': { as: 'answered by the CSRF protection of the CMS, not by eMCP: HTTP 403' },
  'front/limiter': { as: 'limited by nginx in front of eMCP: HTTP 503', advice: 'Raise or lift the limit' },
  'front/login-page': { as: 'answered by the login page of the CMS, not by eMCP: HTTP 200' },
  'front/notices': { as: 'cannot be read as one of eMCP (markup): HTTP 401', advice: 'display_errors' },
  'front/other-mcp': {
    as: 'another MCP server (weather), not by eMCP: HTTP 200',
    advice: 'another MCP server answers',
  },
  'front/password': { as: 'challenge (HTTP Basic) in front of eMCP: HTTP 401', advice: 'allow rule for its address' },
  'front/redirect': { as: 'redirected to https://cms.example.org/api/v1/mcp/content', advice: 'as base URL' },
  'front/repeats-trace-id': { as: 'cannot be read as one of eMCP (JSON of another shape): HTTP 401', advice: 'cuts' },
  'front/sapi-fallback': { as: 'answered by sApi, not by eMCP: HTTP 404' },
  'front/sign-on': { as: 'a sign-on at https://team.cloudflareaccess.com', advice: 'allow rule for its address' },
  'front/stored-refusal': { as: 'answered by a cache (no name given)', advice: 'Take the MCP paths out of that cache' },
  'front/unsigned-page': {
    as: 'answered by a page (text/html) that nobody signed, not by eMCP: HTTP 404',
    advice: 'Find out who sends that page',
  },
  'preflight/bad-gateway': { as: 'answered by a gateway, not by eMCP: HTTP 502', advice: PROXY_LOG },
};

describe('who answered in place of eMCP', () => {
  it('is tried with every fault of this kind', () => {
    expect(Object.keys(NAMED).toSorted()).toEqual(inFront.map(({ id }) => id).toSorted());
  });

  it.each(inFront.map((fault) => [fault.id, fault] as const))('is named in every report: %s', async (id, fault) => {
    const [check = ''] = (fault.breaks[0] ?? '').split(':');
    const named = NAMED[id] ?? { as: id };
    const { texts, kept } = await checked(check, await loadTweak(catalogue, fault));
    const remedy = catalogue.checks.find((one) => one.id === check)?.remedy ?? '';
    for (const [format, text] of Object.entries(texts)) {
      expect({ format, text }).toEqual({ format, text: expect.stringContaining(named.as) as string });
      expect({ format, text }).toEqual({ format, text: expect.not.stringContaining('hush') as string });
      if (named.advice === undefined || format.endsWith('json')) continue;
      expect({ format, text }).toEqual({ format, text: expect.stringContaining(named.advice) as string });
      expect({ format, text }).toEqual({ format, text: expect.not.stringContaining(readable(remedy)) as string });
    }
    // The exchange itself is shown, with who answered beside it.
    expect(texts['html']?.replaceAll(/\s+/g, ' ').split('→ ').slice(1).join('')).toContain(named.as);
    const result = kept.results.find((one) => one.check.id === check);
    expect(result?.status).toBe(named.advice === undefined ? 'fail' : 'blocked');
  });

  it('is named as well when eMCP answered the repetition', async () => {
    const { texts, kept } = await checked('preflight/reachable', failingOnce());
    expect(kept.results).toMatchObject([{ status: 'warn', observations: [{ held: true }] }]);
    for (const [format, text] of Object.entries(texts)) {
      const named = 'intermittent: answered by nginx, not by eMCP: HTTP 502, and by eMCP when repeated';
      expect({ format, text }).toEqual({ format, text: expect.stringContaining(named) as string });
      if (format.endsWith('json')) continue;
      expect({ format, text }).toEqual({ format, text: expect.stringContaining('fails at times') as string });
    }
  });
});

function failingOnce(): ServerTweak {
  return {
    app: (app) => {
      let count = 0;
      return tamper(
        () => (count += 1) === 1,
        () => plainAnswer(502, 'text/html', '<hr><center>nginx</center>'),
      )(app);
    },
  };
}

/** One check of a separate server in all formats, without the escapes of each. */
async function checked(check: string, tweak: ServerTweak) {
  const folder = await mkdtemp(join(tmpdir(), 'emcp-front-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET }, tweak });
  const env = { EMCP_BASE_URL: url, EMCP_TEST_JWT_SECRET: SECRET, EMCP_MANAGER_COOKIE: 'evo_session=none-0123456789' };
  const reporters = FORMATS.map((format) => `${format}=${join(folder, format)}`);
  await main(['check', '--only', check, '--allow', 'load', '--reporter', ...reporters], testIo({ env }));
  const texts: Record<string, string> = {};
  for (const format of FORMATS) texts[format] = readable(await readFile(join(folder, format), 'utf8'));
  const kept: Report = report.parse(JSON.parse(await readFile(join(folder, 'json'), 'utf8')));
  return { texts, kept };
}

function readable(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&#39;': "'", '&quot;': '"', '&lt;': '<', '&gt;': '>' };
  return text
    .replaceAll(/&(?:#39|quot|lt|gt);/g, (found) => entities[found] ?? '')
    .replaceAll(/<\/?code>/g, '`')
    .replaceAll('%2C', ',')
    .replaceAll('\\', '');
}
