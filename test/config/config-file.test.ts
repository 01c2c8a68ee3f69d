import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/cli/run-profile.ts';
import type { TargetFlags } from '../../src/cli/target-flags.ts';
import { z } from 'zod';
import { configFile, findConfig } from '../../src/config/config-file.ts';
import { parseYaml } from '../../src/config/yaml-file.ts';
import { UsageError } from '../../src/model/errors.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

const TWO = `default: staging
targets:
  staging:
    url: https://staging.example.org/cms/
    token: \${env:STAGING_TOKEN}
    profile: api-only
    allow: [load]
    expect:
      rate: { perMinute: 120 }
  live:
    url: https://live.example.org
    secret: file:keys/live.secret
    production: true
`;
const FILES = { 'emcp.yaml': TWO, 'keys/live.secret': 'live-secret\n' };
const VARIABLES = { STAGING_TOKEN: 'staging-token' };

interface Situation {
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: TargetFlags;
  readonly env?: Readonly<Record<string, string>>;
  readonly below?: string;
}

async function prepared({ files = FILES, flags = {}, env = VARIABLES, below = '' }: Situation) {
  const cwd = join(folderWith({ ...files, [join(below, '.keep')]: '' }), below);
  return prepare(flags, testIo({ cwd, env }));
}

async function refusal(situation: Situation): Promise<UsageError> {
  const error: unknown = await prepared(situation).catch((thrown: unknown) => thrown);
  if (error instanceof UsageError) return error;
  throw new Error('it was not refused', { cause: error });
}

describe('emcp.yaml', () => {
  it('is found upwards from the working directory, and its default target is meant', async () => {
    const { config } = await prepared({ below: 'a/b/c' });
    expect(config).toMatchObject({ kind: 'remote', name: 'staging', url: 'https://staging.example.org/cms' });
  });

  it('is no other file when --config names one, whatever the environment says', async () => {
    const files = { ...FILES, 'other.yaml': 'default: a\ntargets: { a: { url: "https://other.example.org" } }' };
    const env = { ...VARIABLES, EMCP_BASE_URL: 'https://env.example.org' };
    const { config } = await prepared({ files, flags: { config: 'other.yaml' }, env });
    expect(config).toMatchObject({ name: 'a', url: 'https://other.example.org' });
  });

  it('gives the target that --target names, with paths from its own folder', async () => {
    const { config } = await prepared({ flags: { target: 'live' }, below: 'deep' });
    expect(config).toMatchObject({ name: 'live', secret: 'live-secret', production: true });
    expect(config).not.toHaveProperty('token');
  });

  it('is not read for the embedded server, however broken it is', async () => {
    const files = { 'emcp.yaml': 'targets: [' };
    expect((await refusal({ files })).where?.source).toMatch(/\/emcp\.yaml$/);
    const { config, profile } = await prepared({ files, flags: { embedded: true } });
    expect([config.kind, profile.id]).toEqual(['embedded', 'hybrid']);
    expect((await prepared({ flags: { embedded: true } })).profile.id).toBe('hybrid');
  });

  it('leaves the embedded server where it names no default', async () => {
    const { config } = await prepared({ files: { 'emcp.yaml': TWO.replace('default: staging\n', '') } });
    expect(config).toEqual({ kind: 'embedded' });
  });

  it('is not needed', async () => {
    expect(await findConfig({ cwd: folderWith({}) })).toEqual({ target: undefined, production: [] });
  });

  it('gives profile, promises and allowances of its target', async () => {
    const { profile, allow } = await prepared({});
    expect(profile).toMatchObject({ id: 'api-only', expect: { rate: { perMinute: 120, globalPerMinute: 60 } } });
    expect(allow).toEqual(['load']);
  });

  it('gives none of them to a target it does not describe', async () => {
    const { profile, allow, config } = await prepared({ flags: { url: 'https://else.example.org' } });
    expect(profile).toMatchObject({ id: 'hybrid', expect: { rate: { perMinute: 30 } } });
    expect({ allow, token: 'token' in config }).toEqual({ allow: [], token: false });
  });
});

/** The path of every key that the schema knows, below a target called `a`. */
function keysOf(schema: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const properties = Object.entries(recordAt(schema, 'properties'));
  const anyKey = Object.entries({ a: recordAt(schema, 'additionalProperties') }).filter(
    ([, below]) => Object.keys(below).length > 0,
  );
  return [...properties, ...anyKey].flatMap(([key, below]) => [[...path, key], ...keysOf(below, [...path, key])]);
}

function recordAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const below: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof below === 'object' && below !== null ? { ...below } : {};
}

function refusedWith(file: unknown): readonly UsageError[] {
  try {
    parseYaml(JSON.stringify(file, null, 1), 'emcp.yaml', configFile);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return [error];
    throw error;
  }
}

/** A whole file with this value at that path. */
function nested(path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  return key === undefined ? value : { [key]: nested(rest, value) };
}

const at = (text: string) => ({ 'emcp.yaml': `default: a\ntargets:\n  a:\n    url: https://a.example.org\n${text}` });

describe('what is wrong in emcp.yaml', () => {
  it.each([
    ['unknown-key', at('    tokn: file:a\n'), 5, 'targets.a.tokn', 'did you mean token?'],
    ['unknown-key', at('    expect:\n      rat: {}\n'), 6, 'targets.a.expect.rat', 'did you mean rate?'],
    [
      'unknown-key',
      at('    login: { username: a, pasword: file:a }\n'),
      5,
      'targets.a.login.pasword',
      'did you mean password?',
    ],
    ['unknown-key', at('target: {}\n'), 5, 'target', 'did you mean targets?'],
    ['wrong-value', at('    production: yes please\n'), 5, 'targets.a.production', undefined],
    ['wrong-value', at('    timeout: soon\n'), 5, 'targets.a.timeout', undefined],
    ['wrong-value', at('    timeout: 601\n'), 5, 'targets.a.timeout', undefined],
    ['wrong-value', at('    exec: docker exec app; ls\n'), 5, 'targets.a.exec', undefined],
    ['wrong-value', at('    login: { username: a }\n'), 5, 'targets.a.login.password', undefined],
    ['wrong-value', at('    allow: [delete]\n'), 5, 'targets.a.allow.0', undefined],
    ['wrong-value', at('    apiPath: https://b.example.org/x\n'), 5, 'targets.a.apiPath', undefined],
    ['wrong-value', at('    artisan: php artisan; ls\n'), 5, 'targets.a.artisan', undefined],
    ['wrong-value', at('    token: ${env:EMCP_LIVE_TOKEN}\n'), 5, 'targets.a.token', undefined],
    ['wrong-value', at('  B:\n    url: https://b.example.org\n'), 5, 'targets.B', undefined],
    ['wrong-value', { 'emcp.yaml': 'targets:\n  a:\n    url: example.org\n' }, 3, 'targets.a.url', undefined],
    [
      'wrong-value',
      { 'emcp.yaml': 'targets:\n  a:\n    url: https://me@b.example.org\n' },
      3,
      'targets.a.url',
      undefined,
    ],
    [
      'wrong-value',
      { 'emcp.yaml': 'targets:\n  a:\n    url: https://b.example.org/?x=1\n' },
      3,
      'targets.a.url',
      undefined,
    ],
    ['empty-variable', at('    token: ${env:NOT_SET}\n'), 5, 'targets.a.token', 'export NOT_SET=…'],
    ['unreadable-file', at('    cookie: file:gone\n'), 5, 'targets.a.cookie', undefined],
    [
      'unreadable-file',
      at('    login:\n      username: a\n      password: file:gone\n'),
      7,
      'targets.a.login.password',
      undefined,
    ],
    [
      'empty-secret',
      { ...at('    secret: file:empty\n'), empty: ' \n' },
      5,
      'targets.a.secret',
      'put the value there, on one line',
    ],
    [
      'many-lines',
      { ...at('    token: file:two\n'), two: 'a\nb\n' },
      5,
      'targets.a.token',
      'keep only the value there',
    ],
    [
      'unknown-target',
      { 'emcp.yaml': 'default: stagin\ntargets: { staging: { url: "http://a" } }' },
      1,
      'default',
      'did you mean staging?',
    ],
    ['broken-yaml', at('    token: "open\n'), 6, undefined, undefined],
  ])('is told by %s with file, line, key and a hint: %j', async (code, files, line, key, hint) => {
    const error = await refusal({ files, env: {} });
    const { where } = error;
    expect([error.code, where?.line, where?.key]).toEqual([code, line, key]);
    expect(where?.source).toMatch(/\/emcp\.yaml$/);
    expect(error.hint).toBe(hint);
  });

  it('is told in words of our own, whatever key has whatever value, and the value is not repeated', () => {
    const values = ['hush_hush', 12, true, null, [], {}, ['hush_hush'], [12], [[]]];
    const paths = keysOf(z.toJSONSchema(configFile, { io: 'input' }));
    const refused = paths.flatMap((path) => values.flatMap((value) => refusedWith(nested(path, value))));
    expect(refused.length).toBeGreaterThan(300);
    for (const { message, where } of refused) {
      expect(message).toMatch(
        /^(?:must (?:be|name) .|is missing, and must be .|unknown key$|a name must|a credential is)/,
      );
      expect(message).not.toMatch(/hush|invalid|received|undefined|null|\[object/i);
      expect(where).toMatchObject({ source: 'emcp.yaml' });
    }
  });

  it('is told with what would be valid, and what was meant', async () => {
    const told = async (text: string) => {
      const { message, hint } = await refusal({ files: at(`    ${text}\n`) });
      return [message, hint];
    };
    expect(await told('allow: [wrte]')).toEqual(['must be one of write, load: a text is given', 'did you mean write?']);
    expect(await told('allow: [read]')).toEqual(['must be one of write, load: a text is given', undefined]);
    expect(await told('allow: [laod]')).toEqual(['must be one of write, load: a text is given', 'did you mean load?']);
    expect(await told('login: me')).toEqual([
      'must be an object with username, password, tokenPath: a text is given',
      undefined,
    ]);
    expect(await told('expect: { rate: { perMinute: -1 } }')).toEqual([
      'must be a number above 0: -1 is given',
      undefined,
    ]);
    expect(await told('profile:')).toEqual(['must be a text: nothing is given', undefined]);
  });

  it.each([['token'], ['secret'], ['cookie'], ['csrf'], ['database']])(
    'is a %s written down, which is not repeated',
    async (key) => {
      const error = await refusal({ files: at(`    ${key}: hush-hush-plain\n`) });
      expect(error).toMatchObject({ code: 'wrong-value', where: { line: 5, key: `targets.a.${key}` } });
      expect(JSON.stringify([error.message, error.where, error.hint])).not.toContain('hush');
    },
  );

  it.each([
    ['no-config', { target: 'live' }, {}],
    ['unreadable-config', { config: 'gone.yaml' }, {}],
    ['unknown-target', { target: 'liv' }, FILES],
    ['no-default', { config: 'emcp.yaml' }, { 'emcp.yaml': TWO.replace('default: staging\n', '') }],
    ['two-targets', { target: 'live', url: 'https://a.example.org' }, FILES],
    ['two-targets', { target: 'live', embedded: true }, FILES],
  ])('is %s for %j', async (code, flags, files) => {
    const error = await refusal({ files, flags });
    expect(error.code).toBe(code);
    expect(error.hint).toBeDefined();
  });
});
