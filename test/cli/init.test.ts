import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { prepare } from '../../src/cli/run-profile.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

interface Situation {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly answers?: readonly (string | undefined)[];
}

async function init(flags: string, { files = {}, env = {}, answers }: Situation = {}) {
  const cwd = folderWith(files);
  const left = [...(answers ?? [])];
  const io = testIo({ cwd, env, ...(answers === undefined ? {} : { ask: async () => left.shift() }) });
  const code = await main(['init', ...flags.split(' ').filter(Boolean)], io);
  return { code, io, cwd, file: join(cwd, 'emcp.yaml'), unasked: left.length };
}

describe('emcp init', () => {
  it('writes what loads, and leaves the embedded server the target while no URL is known', async () => {
    const { code, cwd, file } = await init('--yes');
    expect(code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await prepare({}, testIo({ cwd }))).config).toEqual({ kind: 'embedded' });
    expect((await prepare({ target: 'local' }, testIo({ cwd }))).config).toMatchObject({
      url: 'http://127.0.0.1:8787',
    });
  });

  it('takes flags and environment without asking', async () => {
    const env = { EMCP_API_TOKEN: 'hush' };
    const { cwd, file } = await init('-y --url https://www.example.org --profile api-only', { env });
    const { config, profile } = await prepare({}, testIo({ cwd, env }));
    expect(config).toMatchObject({ name: 'www-example-org', url: 'https://www.example.org', token: 'hush' });
    expect(profile.id).toBe('api-only');
    expect(readFileSync(file, 'utf8')).not.toContain('hush');
  });

  it('asks for URL, profile and where the credential is', async () => {
    const answers = ['https://example.org', '', 'secret', 'keys/jwt.secret'];
    const { cwd, unasked } = await init('', { files: { 'keys/jwt.secret': 'hush' }, answers });
    expect(unasked).toBe(0);
    const { config, profile } = await prepare({}, testIo({ cwd }));
    expect({ ...config, profile: profile.id }).toMatchObject({
      name: 'example-org',
      secret: 'hush',
      profile: 'hybrid',
    });
  });

  it.each([
    ['SITE_TOKEN', '${env:SITE_TOKEN}'],
    ['$SITE_TOKEN', '${env:SITE_TOKEN}'],
    ['site_token', '${env:site_token}'],
    ['token', 'file:token'],
    ['keys/later', 'file:keys/later'],
  ])('names the credential that is at %s', async (place, from) => {
    const answers = ['https://example.org', '', 'token', place];
    const { code, file } = await init('', { files: { token: 'hush' }, env: { site_token: 'hush' }, answers });
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(`    token: "${from}"\n`);
  });

  it('has every key it comments in its schema', async () => {
    const { cwd, file } = await init('--yes');
    const bare = readFileSync(file, 'utf8').replaceAll(/^( +|)# (?=\s*\w+:)/gm, '$1');
    writeFileSync(file, bare);
    const env = {
      EMCP_API_TOKEN: 'a',
      EMCP_TEST_JWT_SECRET: 'b',
      EMCP_MANAGER_COOKIE: 'c',
      SITE_DATABASE_URL: 'sqlite:x',
    };
    const { config, profile } = await prepare({}, testIo({ cwd, env }));
    expect(config).toMatchObject({ cookie: 'c', production: true, artisan: ['php', 'artisan'] });
    expect(profile.expect.rate.perMinute).toBe(120);
  });

  it.each([
    ['http://true', 'site-true'],
    ['https://10.0.0.5/site', 'site-10-0-0-5'],
    ['https://Site.Example:8443', 'site-example'],
  ])('gives %s a name that YAML reads as a text', async (url, name) => {
    const { cwd } = await init(`--yes --url ${url}`);
    expect((await prepare({}, testIo({ cwd }))).config).toMatchObject({ name });
  });

  it.each<[string, string, Situation]>([
    ['--yes --url ftp://example.org', '--url: must be an http or https URL', {}],
    ['--yes --url https://example.org/?a=b', '--url: must be a base URL, with neither', {}],
    ['--yes', 'EMCP_BASE_URL: must be an http or https URL', { env: { EMCP_BASE_URL: 'example.org' } }],
    ['', 'the base URL: must be an http or https URL', { answers: ['example.org'] }],
  ])('says of %j where the URL stands that it refuses', async (flags, told, situation) => {
    const { io } = await init(flags, situation);
    expect(io.told).toContain(`emcp: ${told}`);
    expect(io.told).not.toContain('emcp.yaml');
  });

  it('replaces a file only when forced', async () => {
    const files = { 'emcp.yaml': 'mine\n' };
    const refused = await init('--yes', { files });
    expect({ code: refused.code, text: readFileSync(refused.file, 'utf8') }).toEqual({ code: 2, text: 'mine\n' });
    expect(refused.io.told).toContain('next: emcp init --force');
    const forced = await init('--yes --force', { files });
    expect({ code: forced.code, same: readFileSync(forced.file, 'utf8') === 'mine\n' }).toEqual({
      code: 0,
      same: false,
    });
  });

  it('follows no link', async () => {
    const cwd = folderWith({ other: 'mine\n' });
    symlinkSync(join(cwd, 'other'), join(cwd, 'emcp.yaml'));
    expect(await main(['init', '--yes', '--force'], testIo({ cwd }))).toBe(2);
    expect(readFileSync(join(cwd, 'other'), 'utf8')).toBe('mine\n');
  });

  it.each<[string, number, Situation]>([
    ['', 2, {}],
    ['--yes --url example.org', 2, {}],
    ['--yes --url ftp://example.org', 2, {}],
    ['--yes --url https://me:hush@example.org', 2, {}],
    ['--yes --profile hybrit', 2, {}],
    ['', 2, { answers: ['', '', 'hush'] }],
    ['', 2, { answers: ['', '', 'token', 'EMCP_MY_TOKEN'] }],
    ...['hush', 'hushHush1', '', 'eyJhbGci.hush.sig', './eyJhbGci.hush.sig', 'hu/hush+w==', 'hush'.repeat(100)].map(
      (place): [string, number, Situation] => ['', 2, { answers: ['', '', 'token', place] }],
    ),
    ['', 130, { answers: ['https://example.org', undefined] }],
  ])('writes nothing for %j with exit %d: %j', async (flags, expected, situation) => {
    const { code, file, io } = await init(flags, situation);
    expect({ code, written: existsSync(file) }).toEqual({ code: expected, written: false });
    expect(io.told).not.toContain('hush');
  });
});
