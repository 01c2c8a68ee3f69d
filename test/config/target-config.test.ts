import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTION_KEYS, TARGET_OPTIONS } from '../../src/config/target-options.ts';
import { longFlag, wordName, type TargetWords } from '../../src/config/target-words.ts';
import { findTarget } from '../../src/config/config-file.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { resolveTarget, type TargetConfig } from '../../src/config/target-config.ts';
import { UsageError } from '../../src/model/errors.ts';
import { folderWith } from '../support/config-folder.ts';

const FILE = `default: here
targets:
  here:
    url: https://file.example.org
    apiPath: /file/{server}
    servers: [file]
    token: \${env:FILE_TOKEN}
    secret: file:secret
`;
const ENV = {
  EMCP_BASE_URL: 'https://env.example.org',
  EMCP_API_PATH: '/env/{server}',
  EMCP_API_TOKEN: 'env-token',
  EMCP_MANAGER_COOKIE: 'env-cookie',
};

interface Sources {
  readonly flags?: TargetWords;
  readonly env?: Readonly<Record<string, string>>;
  readonly yaml?: boolean;
}

async function resolve({ flags = {}, env = {}, yaml = false }: Sources): Promise<TargetConfig> {
  const cwd = folderWith({ secret: 'file-secret', flag: 'flag-token\n', ...(yaml ? { 'emcp.yaml': FILE } : {}) });
  const variables = { FILE_TOKEN: 'file-token', ...env };
  const file = await findTarget({ ...flags, cwd });
  return resolveTarget({
    flags,
    env: readEnvironment(env),
    file,
    variables,
    cwd,
    readStdin: async () => 'stdin-token',
  });
}

describe('a target', () => {
  it('is the one of the flags before that of the environment before that of the file', async () => {
    const sources = { yaml: true, env: ENV };
    expect(await resolve({ yaml: true })).toMatchObject({ url: 'https://file.example.org' });
    expect(await resolve(sources)).toMatchObject({ url: 'https://env.example.org' });
    expect(await resolve({ ...sources, flags: { target: 'here' } })).toMatchObject({ url: 'https://file.example.org' });
    expect(await resolve({ yaml: true, flags: { url: 'https://flag.example.org' } })).toMatchObject({
      url: 'https://flag.example.org',
    });
    expect(await resolve({ ...sources, flags: { embedded: true } })).toEqual({ kind: 'embedded' });
  });

  it('takes single values from the flags before those of its own source, and stock values last', async () => {
    const flags = { apiPath: '/flag/{server}', server: ['flag'], tokenFile: 'flag' };
    expect(await resolve({ yaml: true, flags })).toMatchObject({
      url: 'https://file.example.org',
      apiPath: '/flag/{server}',
      managerPath: '/emcp/{server}',
      servers: ['flag'],
      token: 'flag-token',
      secret: 'file-secret',
    });
    expect(await resolve({ env: ENV, flags: { tokenFile: '-' } })).toMatchObject({
      apiPath: '/env/{server}',
      servers: ['content'],
      token: 'stdin-token',
      cookie: 'env-cookie',
    });
  });

  it.each<[string, Sources, Readonly<Record<string, unknown>>]>([
    [
      'the environment to a target of the file',
      { yaml: true, env: ENV, flags: { target: 'here' } },
      { token: 'file-token' },
    ],
    [
      'the environment to the default target',
      { yaml: true, env: { EMCP_MANAGER_COOKIE: 'env-cookie' } },
      { token: 'file-token' },
    ],
    ['the file to a target of the environment', { yaml: true, env: ENV }, { token: 'env-token' }],
    [
      'the file to a URL of the flags',
      { yaml: true, flags: { url: 'https://flag.example.org', tokenFile: 'flag' } },
      { token: 'flag-token' },
    ],
  ])('is never sent a credential of %s', async (_title, sources, own) => {
    const config = await resolve(sources);
    expect(config).toMatchObject(own);
    const foreign = own['token'] === 'file-token' ? /env-/ : /file-/;
    expect(JSON.stringify(config)).not.toMatch(foreign);
  });

  it('has keys in the file for how commands run, and how long a response may take', async () => {
    const folder = folderWith({
      'emcp.yaml': `${FILE}    exec: docker compose exec -T app\n    timeout: 7\n    artisanCwd: core\n`,
      secret: 'file-secret',
    });
    const file = await findTarget({ cwd: folder });
    const variables = { FILE_TOKEN: 'file-token' };
    const config = await resolveTarget({ flags: {}, env: {}, file, variables, cwd: '/', readStdin: async () => '' });
    expect(config).toMatchObject({
      exec: ['docker', 'compose', 'exec', '-T', 'app'],
      timeout: 7,
      artisanCwd: { written: 'core', absolute: join(folder, 'core') },
    });
  });

  it('lists each of its secrets, the CSRF token of a file among them', async () => {
    const config = await resolve({ env: ENV, flags: { csrfFile: 'flag' } });
    expect(config).toMatchObject({
      csrf: 'flag-token',
      secrets: [
        { label: 'given token', value: 'env-token' },
        { label: 'manager cookie', value: 'env-cookie' },
        { label: 'CSRF token', value: 'flag-token' },
      ],
    });
  });

  it.each(OPTION_KEYS.filter((key) => key !== 'url'))('is none with nothing but this option: %s', async (key) => {
    const flag = TARGET_OPTIONS[key].flag;
    const word = flag.endsWith('...>') ? ['x'] : !flag.endsWith('>') || 'x';
    const refused: unknown = await resolve({ flags: { [wordName(key)]: word } }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'half-a-target', message: `${longFlag(key)} is given, but no target` });
  });

  it.each<[string, Sources]>([
    ['two-targets', { env: ENV, flags: { url: 'https://flag.example.org' } }],
    ['half-a-target', { env: { EMCP_API_TOKEN: 'env-token' } }],
    ['half-a-target', { flags: { tokenFile: 'flag' } }],
    ['half-a-target', { flags: { insecure: true } }],
    ['bad-url', { flags: { url: 'example.org' } }],
    ['url-with-credentials', { flags: { url: 'https://me:pw@example.org' } }],
    ['path-is-url', { env: ENV, flags: { apiPath: 'https://example.org/x' } }],
    ['no-password', { env: ENV, flags: { login: 'admin' } }],
    ['many-lines', { env: ENV, flags: { tokenFile: 'emcp.yaml' }, yaml: true }],
    ['unreadable-file', { env: ENV, flags: { tokenFile: 'gone' } }],
    ['secret-on-command-line', { env: ENV, flags: { db: 'mysql://u:pw@db/x' } }],
    ['two-places', { env: ENV, flags: { ssh: 'a', exec: 'docker exec x' } }],
    ['no-cookie', { env: { EMCP_BASE_URL: 'https://env.example.org' }, flags: { csrfFile: 'flag' } }],
    ['no-database', { env: ENV, flags: { tablePrefix: 'evo_' } }],
    ['shell-words', { env: ENV, flags: { artisan: 'php artisan | cat' } }],
    ['bad-timeout', { env: ENV, flags: { timeout: 'soon' } }],
    ['bad-prefix', { env: ENV, flags: { db: 'sqlite:x', tablePrefix: 'x'.repeat(41) } }],
    ...['-oProxyCommand=x', 'two words', '', ' ', 'deploy@'].map((ssh): [string, Sources] => [
      'ssh-destination',
      { env: ENV, flags: { ssh } },
    ]),
    ...['site.db', 'sqlite:', '', 'mysql://host/site', 'mysql://me@host', 'mysql:///site', 'oracle://me@host/site'].map(
      (db): [string, Sources] => ['database-url', { env: ENV, flags: { db } }],
    ),
    ...['mysql://me:p#w@host/site', 'oracle://me:pw@host/site', 'mysql://me:1?pw@host/site', 'mysql://me:pw@host'].map(
      (url): [string, Sources] => ['database-url', { env: { ...ENV, EMCP_DATABASE_URL: url } }],
    ),
  ])('is refused with %s and what to type next: %j', async (code, sources) => {
    const refused: unknown = await resolve(sources).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect(refused).toMatchObject({ code, hint: expect.any(String) as string });
    expect((refused as UsageError).message).not.toMatch(/pw|env-token/);
  });
});

describe('the environment', () => {
  it.each([
    ['EMCP_API_TOKN', 'did you mean EMCP_API_TOKEN?'],
    ['EMCP_TEST_JWT_SECERT', 'did you mean EMCP_TEST_JWT_SECRET?'],
    ['EMCP_XYZZY_FROBNICATE', 'unset EMCP_XYZZY_FROBNICATE'],
  ])('may not hold %s', (name, hint) => {
    expect(() => readEnvironment({ [name]: '1' })).toThrow(expect.objectContaining({ code: 'unknown-variable', hint }));
  });

  it('may hold what is not ours, what only tests read, and what is empty', () => {
    expect(readEnvironment({ HOME: '/', EMCP_TEST_RESULTS: 'x', EMCP_API_TOKEN: '' })).not.toHaveProperty(
      'EMCP_API_TOKEN',
    );
  });
});
