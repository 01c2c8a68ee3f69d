import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTION_KEYS, TARGET_OPTIONS } from '../../src/config/target-options.ts';
import { longFlag, wordName, type TargetWords } from '../../src/config/target-words.ts';
import { readCredential, type CredentialPlace } from '../../src/config/credential.ts';
import { findConfig } from '../../src/config/config-file.ts';
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
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIUcc9pJech9MZGBaxlfjChxHmue0AwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEZW1jcDAgFw0yNjExMjkwMDEwMjFaGA8yMTI2MTEwNTAwMTAy
MVowDzENMAsGA1UEAwwEZW1jcDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJk2
a88TvQ4TtcsQwwkfUrzCQBoVWiDWPSEBqGXyG86etjaAISMy4G/QIjJRbYpAewNL
hKsV4eCu9qAO38Tat0+jUzBRMB0GA1UdDgQWBBQOw3nPdrjbiZjua0bdTf2fOSWe
vTAfBgNVHSMEGDAWgBQOw3nPdrjbiZjua0bdTf2fOSWevTAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIGhzOhdwgJoL3e9l0EHoGGZHXy8sFDn3fGGZ
sbl/cBoEAiEAgx8SPW3Tvk+OQeyvL7lr5HenUPdgddcGkz/hY5PBx/0=
-----END CERTIFICATE-----
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
  const files = { secret: 'file-secret', flag: 'flag-token\n', ca: CERTIFICATE, 'core/artisan': '' };
  const cwd = folderWith({ ...files, ...(yaml ? { 'emcp.yaml': FILE } : {}) });
  const variables = { FILE_TOKEN: 'file-token', ...env };
  const { target: file, production } = await findConfig({ ...flags, cwd });
  return resolveTarget({
    flags,
    env: readEnvironment(env),
    file,
    production,
    variables,
    cwd,
    readStdin: async () => 'stdin-token',
  });
}

async function refusalOf(sources: Sources): Promise<UsageError> {
  const refused: unknown = await resolve(sources).catch((error: unknown) => error);
  if (refused instanceof UsageError) return refused;
  throw new Error('it was not refused', { cause: refused });
}

async function credentialOf(
  reference: string,
  { folder = '/nowhere', variables = {} }: Partial<CredentialPlace> = {},
): Promise<string> {
  return readCredential(reference, { where: { source: 'emcp.yaml' }, folder, variables });
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
      { secret: 'file-secret' },
    ],
    [
      'the environment to the default target',
      { yaml: true, env: { EMCP_MANAGER_COOKIE: 'env-cookie' } },
      { secret: 'file-secret' },
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
    const foreign = own['secret'] === 'file-secret' ? /env-/ : /file-/;
    expect(JSON.stringify(config)).not.toMatch(foreign);
  });

  it('has keys in the file for how commands run, and how long a response may take', async () => {
    const folder = folderWith({
      'emcp.yaml': `${FILE}    exec: docker compose exec -T app\n    timeout: 7\n    artisanCwd: core\n`,
      secret: 'file-secret',
    });
    const { target: file, production } = await findConfig({ cwd: folder });
    const variables = { FILE_TOKEN: 'file-token' };
    const named = { flags: {}, env: {}, file, production };
    const config = await resolveTarget({ ...named, variables, cwd: '/', readStdin: async () => '' });
    expect(config).toMatchObject({
      exec: ['docker', 'compose', 'exec', '-T', 'app'],
      timeout: 7,
      artisanCwd: { written: 'core', absolute: join(folder, 'core') },
    });
  });

  it.each<[string, Sources, 'token' | 'secret']>([
    ['the secret of one source', { yaml: true }, 'secret'],
    ['the secret of one environment', { env: { ...ENV, EMCP_TEST_JWT_SECRET: 'env-secret' } }, 'secret'],
    ['the token of a flag', { yaml: true, flags: { tokenFile: 'flag' } }, 'token'],
    ['the secret of a flag', { env: ENV, flags: { secretFile: 'secret' } }, 'secret'],
  ])('uses one credential of two, %s, and keeps the other out of reports', async (_which, sources, used) => {
    const config = await resolve(sources);
    const other = used === 'token' ? 'secret' : 'token';
    expect(config).toHaveProperty(used);
    expect(config).not.toHaveProperty(other);
    const label = { token: 'given token', secret: 'signing secret' }[other];
    expect(config).toMatchObject({ secrets: expect.arrayContaining([expect.objectContaining({ label })]) as unknown });
  });

  it('takes a folder of another host as it is, and one of this machine where it is there', async () => {
    for (const flags of [
      { artisanCwd: 'gone', ssh: 'host' },
      { artisanCwd: 'gone', exec: 'docker exec app' },
      { artisanCwd: 'core', workspace: '.' },
    ]) {
      expect(await resolve({ env: ENV, flags })).toHaveProperty('artisanCwd.written', flags.artisanCwd);
    }
  });

  it.each<[string, TargetWords]>(
    ['', ' '].flatMap((nothing): [string, TargetWords][] => [
      ['--server', { server: ['content', nothing] }],
      ['--api-path', { apiPath: nothing }],
      ['--manager-path', { managerPath: nothing }],
      ['--issuer', { issuer: nothing, secretFile: 'secret' }],
      ['--workspace', { workspace: nothing }],
      ['--artisan-cwd', { artisanCwd: nothing }],
      ['--ca-file', { caFile: nothing }],
    ]),
  )('takes no empty text of %s: %j', async (source, flags) => {
    const refused = await refusalOf({ env: { EMCP_BASE_URL: ENV.EMCP_BASE_URL }, flags });
    expect(refused).toMatchObject({ code: 'empty-text', where: { source } });
    expect(refused.message).toContain('must be a text that is not empty');
  });

  it('names the file that holds no certificate, and takes one that does', async () => {
    expect(await resolve({ env: ENV, flags: { caFile: 'ca' } })).toMatchObject({ ca: CERTIFICATE });
    await expect(resolve({ env: ENV, flags: { caFile: 'flag' } })).rejects.toMatchObject({
      message: 'flag holds no certificate in PEM form',
      where: { source: '--ca-file' },
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
    ['no-certificate', { env: ENV, flags: { caFile: 'flag' } }],
    ['no-certificate', { env: ENV, flags: { caFile: 'core/artisan' } }],
    ['unreadable-file', { env: ENV, flags: { caFile: 'gone' } }],
    ['no-folder', { env: ENV, flags: { artisanCwd: 'gone' } }],
    ['no-folder', { env: { ...ENV, EMCP_CORE_DIR: 'gone' } }],
    ['no-folder', { env: ENV, flags: { artisanCwd: 'core/artisan' } }],
    ['no-folder', { env: ENV, flags: { workspace: 'gone', ssh: 'host' } }],
    ['two-places', { env: ENV, flags: { ssh: 'a', exec: 'docker exec x' } }],
    ['no-cookie', { env: { EMCP_BASE_URL: 'https://env.example.org' }, flags: { csrfFile: 'flag' } }],
    ['no-database', { env: ENV, flags: { tablePrefix: 'evo_' } }],
    ['shell-words', { env: ENV, flags: { artisan: 'php artisan | cat' } }],
    ['useless-flag', { env: ENV, flags: { tokenFile: 'flag', secretFile: 'secret' } }],
    ['useless-flag', { flags: { url: 'http://plain.example.org', insecure: true } }],
    ['useless-flag', { env: { EMCP_BASE_URL: 'http://plain.example.org' }, flags: { caFile: 'ca' } }],
    ['no-secret', { env: ENV, flags: { issuer: 'me' } }],
    ['bad-timeout', { env: ENV, flags: { timeout: 'soon' } }],
    ['bad-timeout', { env: ENV, flags: { timeout: '0' } }],
    ['bad-timeout', { env: ENV, flags: { timeout: '601' } }],
    ['bad-timeout', { env: ENV, flags: { timeout: '99999999999' } }],
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

describe('a credential in place of the name of its file or variable', () => {
  const PASTED = [
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig',
    './eyJhbGciOiJIUzI1NiJ9.e30.sig',
    'hush',
    'hu/sh==',
    `${'h'.repeat(200)}/ush`,
  ];

  it.each(PASTED)('is not repeated where its file cannot be read: %s', async (pasted) => {
    const refused = await refusalOf({ env: ENV, flags: { tokenFile: pasted } });
    expect(refused.message).toMatch(/^cannot read the file that --token-file names \((?:ENOENT|ENAMETOOLONG)\)$/);
    expect(refused.hint).toBe('--token-file FILE, never the value itself');
    await expect(credentialOf(`file:${pasted}`)).rejects.toMatchObject({
      message: expect.stringMatching(/^cannot read the file that it names \(E[A-Z]+\)$/) as string,
    });
  });

  it('is told from a path, which is named', async () => {
    for (const path of ['keys/gone', 'gone.txt', '../gone']) {
      const refused = await refusalOf({ env: ENV, flags: { tokenFile: path } });
      expect(refused.message).toBe(`cannot read --token-file ${path} (ENOENT)`);
      await expect(credentialOf(`file:${path}`)).rejects.toThrow(`cannot read ${join('/nowhere', path)} (ENOENT)`);
    }
  });

  it('is told from the name of a variable, which is named', async () => {
    await expect(credentialOf('${env:NOT_SET}')).rejects.toMatchObject({
      message: 'the variable NOT_SET is not set',
      hint: 'export NOT_SET=…',
    });
    const refused: unknown = await credentialOf('${env:abcdefHush}').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'empty-variable', message: 'the variable that it names is not set' });
    expect(JSON.stringify(refused)).not.toContain('abcdef');
  });
});

describe('a secret', () => {
  const HERE = { EMCP_BASE_URL: 'https://env.example.org' };

  it.each([
    ['hush\nhush', 'many-lines'],
    ['hush\r\nhush\n', 'many-lines'],
    [' \n', 'empty-secret'],
  ])('is one line that is not empty, of a variable, too: %j', async (value, code) => {
    const refused = await refusalOf({ env: { ...HERE, EMCP_API_TOKEN: value } });
    expect(refused).toMatchObject({ code, where: { source: 'environment', key: 'EMCP_API_TOKEN' } });
    expect(refused.message).not.toContain('hush');
    await expect(credentialOf('${env:NAME}', { variables: { NAME: value } })).rejects.toMatchObject({
      code,
      message: expect.stringContaining('the variable NAME ') as string,
    });
  });

  it('may end with its line', async () => {
    expect(await resolve({ env: { ...HERE, EMCP_API_TOKEN: 'hush\n' } })).toMatchObject({ token: 'hush' });
    expect(await credentialOf('${env:NAME}', { variables: { NAME: 'hush\r\n' } })).toBe('hush');
  });
});

describe('the embedded server', () => {
  const named = (key: string) => `leave ${key} or --embedded out`;

  it.each(OPTION_KEYS.filter((key) => key !== 'url'))('is told nothing by the option of a target: %s', async (key) => {
    const flag = TARGET_OPTIONS[key].flag;
    const word = flag.endsWith('...>') ? ['x'] : !flag.endsWith('>') || 'x';
    const refused: unknown = await resolve({ flags: { [wordName(key)]: word, embedded: true } }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({
      code: 'useless-flag',
      where: { source: longFlag(key) },
      hint: named(longFlag(key)),
    });
  });

  it('is told nothing by another emcp.yaml', async () => {
    const refused: unknown = await resolve({ yaml: true, flags: { config: 'emcp.yaml', embedded: true } }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'useless-flag', hint: named('--config') });
  });
});

describe('the environment', () => {
  it.each([
    ['EMCP_API_TOKN', 'did you mean EMCP_API_TOKEN?'],
    ['EMCP_TEST_JWT_SECERT', 'did you mean EMCP_TEST_JWT_SECRET?'],
    ['EMCP_TEST_JWT', 'unset EMCP_TEST_JWT'],
    ['EMCP_TEST_RESULT', 'unset EMCP_TEST_RESULT'],
    ['EMCP_CI_TOKEN', 'did you mean EMCP_API_TOKEN?'],
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
