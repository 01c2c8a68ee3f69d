import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Plan } from '../../src/model/plan.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

const YAML = `targets:
  staging:
    url: https://staging.example.org
    secret: file:secret
  writable:
    url: https://writable.example.org
    secret: file:secret
    allow: [write, load]
  live:
    url: https://live.example.org
    secret: file:secret
    allow: [write, load]
    production: true
  twin:
    url: https://live.example.org//
    secret: file:secret
    allow: [write, load]
`;
const SWITCHES = { EMCP_DISPATCH_CHECK: '1', EMCP_STASK_LIFECYCLE_CHECK: '1', EMCP_RUNTIME_NEGATIVE: '1' };
const OWN = { EMCP_BASE_URL: 'https://env.example.org', EMCP_TEST_JWT_SECRET: 'hush-hush' };

interface Planned {
  /** Impacts of which at least one check is planned. */
  readonly planned: readonly string[];
  /** Why a check of each other impact is not, without its own words. */
  readonly reasons: readonly string[];
}

async function planned(flags: string, env: Readonly<Record<string, string>>): Promise<Planned> {
  const io = testIo({ cwd: folderWith({ 'emcp.yaml': YAML, secret: 'hush-hush', token: 'a.b.c' }), env });
  const argv = ['plan', '--json', '--wait', '--profile', 'async', ...flags.split(' ').filter(Boolean)];
  if ((await main(argv, io)) !== 0) throw new Error(io.told);
  const { entries } = JSON.parse(io.written) as Plan;
  const impacts = entries.flatMap((entry) =>
    entry.kind === 'planned' && entry.check.impact !== 'read' ? [entry.check.impact] : [],
  );
  const reasons = entries.flatMap((entry) =>
    entry.kind === 'excluded' && entry.exclusion.kind === 'not-allowed' ? [entry.exclusion.reason] : [],
  );
  return { planned: [...new Set(impacts)].toSorted(), reasons: [...new Set(reasons)].toSorted() };
}

describe('a command that may change something', () => {
  async function refused(words: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const io = testIo({ cwd: folderWith({ 'emcp.yaml': YAML, secret: 'hush-hush', token: 'a.b.c' }), env });
    return (await main(words.split(' '), io)) === 2 ? io.told : '';
  }
  const REFUSAL = 'emcp: the target is marked as production: --allow write on the command line\nnext: --allow write\n';

  it.each([
    'sync-workers --target live',
    'sync-workers --target live --allow load',
    'sync-workers --url http://127.0.0.1:9 --production',
    'stream acme.export --target live',
    'stream acme.export --target twin --token-file token',
  ])('is refused on production: emcp %s', async (words) => {
    expect(await refused(words)).toBe(REFUSAL);
  });

  it('is refused there whatever the environment allows', async () => {
    expect(await refused('sync-workers --production', { ...OWN, ...SWITCHES })).toContain(REFUSAL);
  });

  it.each([
    'sync-workers --url http://127.0.0.1:9 --production --allow write',
    'sync-workers --url http://127.0.0.1:9',
    'stream acme.export --url http://127.0.0.1:9 --production --token-file token --allow write',
    'stream --url http://127.0.0.1:9 --production --token-file token',
    'test --url http://127.0.0.1:9 --production --token-file token',
    'list-servers --url http://127.0.0.1:9 --production --token-file token',
  ])('is taken at its word otherwise, and so is what reads: emcp %s', async (words) => {
    expect(await refused(words)).toBe('');
  });

  it('knows no other impact than a check does', async () => {
    expect(await refused('sync-workers --embedded --allow writ')).toContain('--allow writ: no such impact');
  });
});

describe('what may be done besides reading', () => {
  it.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ['the environment, on the target it describes', '', { ...OWN, ...SWITCHES }, ['load', 'write']],
    ['only what its variable is about', '', { ...OWN, EMCP_DISPATCH_CHECK: '1' }, ['write']],
    [
      'the environment, on the same URL of the command line',
      '--url https://env.example.org/',
      { ...OWN, ...SWITCHES },
      ['load', 'write'],
    ],
    ['the command line, on every target', '--target staging --allow write', {}, ['write']],
    ['the file, on its target', '--target writable', {}, ['load', 'write']],
    ['the command line, on production', '--target live --allow load', {}, ['load']],
  ])('is allowed by %s', async (_who, flags, env, expected) => {
    expect((await planned(flags, env)).planned).toEqual(expected);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['the environment, on a target of the file', '--target staging', SWITCHES],
    ['the environment, on another target than it describes', '--target staging', { ...OWN, ...SWITCHES }],
    ['the environment, on a URL of the command line', '--url https://x.example.org --token-file token', SWITCHES],
    ['the environment, on another path of its host', '--url https://env.example.org/b', { ...OWN, ...SWITCHES }],
    ['the file, on production', '--target live', {}],
    ['the environment, on production', '--production', { ...OWN, ...SWITCHES }],
    [
      'the environment, on the URL of production',
      '',
      { ...OWN, ...SWITCHES, EMCP_BASE_URL: 'https://Live.example.org:443/' },
    ],
    ['the file, on the URL of production', '--target twin', {}],
  ])('is not allowed by %s', async (_who, flags, env) => {
    expect((await planned(flags, env)).planned).toEqual([]);
  });

  it.each([
    '--url https://live.example.org --token-file token',
    '--url HTTPS://live.example.org:443/ --token-file token',
    '--target twin',
  ])('is a matter of the address, whoever names it: %s', async (flags) => {
    expect((await planned(flags, {})).reasons).toContain(
      'the target is marked as production: --allow write on the command line',
    );
    expect((await planned(`${flags} --allow write`, {})).planned).toEqual(['write']);
  });

  it.each(['https://live.example.org/sub', 'http://live.example.org', 'https://live.example.org:8443'])(
    'is no matter of another address: %s',
    async (url) => {
      expect((await planned(`--url ${url} --token-file token`, {})).reasons).toContain(
        'leaves rows on the target: --allow write',
      );
    },
  );

  it('is refused on production with the words that allow it', async () => {
    expect((await planned('--target live', {})).reasons).toEqual([
      'the target is marked as production: --allow load on the command line',
      'the target is marked as production: --allow write on the command line',
    ]);
    expect((await planned('--target live --allow load', {})).reasons).toEqual([
      'the target is marked as production: --allow write on the command line',
    ]);
  });
});
