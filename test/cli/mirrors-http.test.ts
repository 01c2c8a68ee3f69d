import { describe, expect, it } from 'vitest';
import { listening } from '../support/listening.ts';
import { mirrored, type Mirrored } from '../support/mirroring.ts';

const SECRET = 'a-secret-that-is-long-enough-for-anybody';

interface Case {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secret?: string;
}

/** A command over HTTP against a server with these settings. */
async function overHttp(argv: readonly string[], { settings = {}, secret = SECRET }: Case = {}): Promise<Mirrored> {
  const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET, ...settings } });
  return mirrored([...argv, '--url', url, '--secret-file', 'jwt.secret'], { 'jwt.secret': secret });
}

const NOBODY = 'http://127.0.0.1:9';
const CLOSED = { 'mode.api': false };
const WRONG = 'another-secret-that-is-long-enough';

describe('emcp list-servers over HTTP', () => {
  it('tells a handle that answers from one that is not registered', async () => {
    const { code, out, err } = await overHttp(['list-servers', '--json', '--server', 'content', 'nobody']);
    expect({ code, json: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      json: {
        via: 'http',
        servers: [
          { handle: 'content', overHttp: 'answers', status: 200 },
          { handle: 'nobody', overHttp: 'not-registered', status: 404, code: 'server_not_found' },
        ],
      },
    });
    expect(err).toContain('what HTTP proves');
  });

  it('fails when no handle is registered', async () => {
    expect((await overHttp(['list-servers', '--server', 'nobody'])).code).toBe(1);
  });

  it.each([
    ['a wrong secret', { secret: WRONG }, 401],
    ['a closed API', { settings: CLOSED }, 404],
    ['a policy that masks handles', { settings: { 'security.allow_servers': ['x'] } }, 403],
  ] as const)('claims nothing behind %s', async (_, change, status) => {
    const { code, out, err } = await overHttp(['list-servers', '--server', 'content', 'nobody', '--json'], change);
    const servers = ['content', 'nobody'].map((handle) => ({ handle, overHttp: 'unknown', status }));
    expect({ code, json: JSON.parse(out) as unknown }).toMatchObject({ code: 3, json: { servers } });
    expect(err).toMatch(/next: emcp doctor, with the same flags for the target\n$/);
  });

  it('is to be asked later where the bucket is spent', async () => {
    const argv = ['list-servers', '--server', 'nobody', 'nobody'];
    const { code, err } = await overHttp(argv, { settings: { 'rate_limit.per_minute': 1 } });
    expect({ code, next: err.split('\nnext: ')[1] }).toEqual({ code: 3, next: 'the same command, later\n' });
  });
});

describe('emcp test over HTTP', () => {
  it('passes with five lines', async () => {
    const { code, out } = await overHttp(['test', '--via', 'http']);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^Running /),
      'Using server: content',
      'initialize: OK',
      'tools/list: OK',
      expect.stringMatching(/passed\.$/),
    ]);
  });

  it.each([
    ['a wrong secret', ['test'], { secret: WRONG }, 401],
    ['a closed API', ['test'], { settings: CLOSED }, 404],
    ['a handle nobody knows', ['test', '--server', 'nobody'], {}, 404],
    ['a policy that denies', ['test'], { settings: { 'security.allow_servers': ['x'] } }, 403],
  ] as const)('fails at its first step with %s', async (_, argv, change, status) => {
    const { code, out } = await overHttp(argv, change);
    expect(code).toBe(1);
    expect(out.split('\n')[2]).toBe(`initialize failed with HTTP ${status}`);
  });

  it('says at which step it stopped', async () => {
    const { code, out } = await overHttp(['test'], { settings: { 'limits.max_result_bytes': 1000 } });
    expect(code).toBe(1);
    expect(out.split('\n').slice(2, 4)).toEqual(['initialize: OK', 'tools/list failed with HTTP 413']);
  });

  it('names the promised tools that are not listed', async () => {
    const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
    const profile = 'id: own\ntitle: Own\nextends: hybrid\nexpect: { tools: [evo.content.get, shop.buy] }\n';
    const argv = ['test', '--json', '--url', url, '--secret-file', 'jwt.secret', '--profile', './own.yaml'];
    const { code, out } = await mirrored(argv, { 'jwt.secret': SECRET, 'own.yaml': profile });
    expect({ code, json: JSON.parse(out) as unknown }).toMatchObject({
      code: 1,
      json: { passed: false, steps: [{ name: 'initialize' }, { name: 'tools/list', problem: 'lacks shop.buy' }] },
    });
  });

  it.each([
    [
      'nobody listens',
      ['--url', NOBODY, '--secret-file', 'jwt.secret'],
      'emcp doctor, with the same flags for the target',
    ],
    [
      'there is no token',
      ['--url', NOBODY],
      'the same command with --token-file FILE, --secret-file FILE or --artisan COMMAND',
    ],
    ['there is no artisan to go by', ['--url', NOBODY, '--via', 'artisan'], 'the same command with --artisan COMMAND'],
  ])('was not asked when %s', async (_, words, next) => {
    const { code, out, err } = await mirrored(['test', ...words], { 'jwt.secret': SECRET });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^emcp: .+\nnext: .+\n$/);
    expect(err).toContain(`\nnext: ${next}\n`);
  });

  it.each([
    [['test', 'content']],
    [['test', '--via', 'web']],
    [['test', '--server', 'nope']],
    [['list-servers', 'content']],
    [['list-servers', '--via', 'http']],
    [['list-servers', '--url', 'example.org']],
  ])('answers the mistake %j with what to type', async (argv) => {
    const { code, out, err } = await mirrored(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/\nnext: .+\n$/);
  });
});
