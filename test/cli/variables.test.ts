import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

const YAML = 'targets:\n  staging:\n    url: http://127.0.0.1:9\n    secret: file:secret\n';
const OWN = { EMCP_BASE_URL: 'http://127.0.0.1:9', EMCP_TEST_JWT_SECRET: 'hush-hush-secret' };

/** Notes on standard error. */
async function notes(
  words: string,
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = { 'emcp.yaml': YAML, secret: 'hush-hush-secret' },
): Promise<readonly string[]> {
  const io = testIo({ cwd: folderWith(files), env });
  await main(words.split(' '), io);
  expect(io.told).not.toContain('hush-hush');
  return io.told.split('\n').filter((line) => line.startsWith('note: '));
}

describe('a variable without effect', () => {
  it.each([
    'EMCP_INTEGRATION_ENABLED',
    'EMCP_RUNTIME_MODEL_SANITY',
    'EMCP_RUNTIME_NEGATIVE_REQUIRE_RATE_LIMIT',
    'EMCP_RUNTIME_RATE_PROBE_MAX',
    'EMCP_STASK_EXPECT_EXTERNAL_WORKER',
    'EMCP_STASK_POLL_ATTEMPTS',
    'EMCP_REQUIRE_MANAGER_ENDPOINT',
    'EMCP_MIGRATION_CHECK_ENABLED',
    'EMCP_TEST_JWT_READ_TOKEN',
  ])('of the vendor is named in one line: %s', async (name) => {
    const found = await notes('plan', { ...OWN, [name]: '1' });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^note: ${name} has no effect on emcp plan: .{10,}`));
  });

  it.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ['the command has no such flag', 'token mint', { EMCP_API_TOKEN: 'a.b.c' }, ['EMCP_API_TOKEN']],
    ['the command runs no checks', 'list-servers', { EMCP_DISPATCH_CHECK: '1' }, ['EMCP_DISPATCH_CHECK']],
    ['the command runs no checks', 'sync-workers', { EMCP_DISPATCH_CHECK: '1' }, ['EMCP_DISPATCH_CHECK']],
    ['only 1 switches on', 'plan', { EMCP_DISPATCH_CHECK: 'true' }, ['EMCP_DISPATCH_CHECK']],
    [
      'another target is meant',
      'plan --target staging',
      { EMCP_DISPATCH_CHECK: '1' },
      ['EMCP_DISPATCH_CHECK', ...Object.keys(OWN)],
    ],
    ['the embedded server is meant', 'plan --embedded', {}, Object.keys(OWN)],
    [
      'another one of the same option is set',
      'plan',
      { EMCP_CORE_DIR: '/a', EMCP_STASK_WORKER_CWD: '/b' },
      ['EMCP_STASK_WORKER_CWD'],
    ],
    ['a flag says otherwise', 'plan --api-path /x/{server}', { EMCP_API_PATH: '/y/{server}' }, ['EMCP_API_PATH']],
    ['the secret is used', 'plan', { EMCP_API_TOKEN: 'a.b.c' }, ['EMCP_API_TOKEN']],
    ['a flag gives another one', 'plan --token-file secret', {}, ['EMCP_TEST_JWT_SECRET']],
    ['it needs another one', 'plan', { EMCP_PASSWORD: 'hush-hush' }, ['EMCP_PASSWORD']],
    ['the target is production', 'plan --production', { EMCP_DISPATCH_CHECK: '1' }, ['EMCP_DISPATCH_CHECK']],
  ])('is named because %s', async (_why, words, env, expected) => {
    const found = await notes(words, { ...OWN, ...env });
    const command = words.split(' --')[0] ?? '';
    const named = found.map(
      (line) => new RegExp(`^note: (\\w+) has no effect on emcp ${command}: .{10,}`).exec(line)?.[1] ?? line ?? line,
    );
    expect(named.toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    ['serve', 'serve --port -1', Object.keys(OWN)],
    ['init', 'init --url http://127.0.0.1:9', Object.keys(OWN)],
    ['init', 'init --yes --force', ['EMCP_API_TOKEN', 'EMCP_DISPATCH_CHECK']],
    ['init', 'init --yes --force --url http://x', ['EMCP_API_TOKEN', 'EMCP_DISPATCH_CHECK', 'EMCP_BASE_URL']],
  ])('is named by %s, too: %s', async (command, words, expected) => {
    const more = words.includes('--force') ? { EMCP_API_TOKEN: 'a.b.c', EMCP_DISPATCH_CHECK: '1' } : {};
    const found = await notes(words, { ...OWN, ...more }, {});
    const named = found.map(
      (line) => new RegExp(`^note: (\\w+) has no effect on emcp ${command}: `).exec(line)?.[1] ?? line,
    );
    expect(named.toSorted()).toEqual(expected.toSorted());
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['plan', { EMCP_DISPATCH_CHECK: '1', EMCP_STASK_LIFECYCLE_CHECK: '0', EMCP_RUNTIME_NEGATIVE: '1' }],
    ['plan', { EMCP_SERVER_HANDLE: 'content', EMCP_CORE_DIR: '/a', EMCP_USERNAME: 'a', EMCP_PASSWORD: 'b' }],
    ['plan', { EMCP_DISPATCH_CHECK: '', EMCP_TEST_RESULTS: 'x' }],
    ['token mint', {}],
    ['list', { EMCP_INTEGRATION_ENABLED: '1' }],
  ])('is not one that has one, or is none of the business of %s: %j', async (words, env) => {
    expect(await notes(words, { ...OWN, ...env })).toEqual([]);
  });
});
