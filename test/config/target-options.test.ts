import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { configText } from '../../src/config/config-template.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from '../../src/config/target-options.ts';
import { longFlag, wordName } from '../../src/config/target-words.ts';
import { VENDOR_VARIABLE_NAMES } from '../../src/config/vendor-variables.ts';
import { testIo } from '../support/test-io.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(DOCS, 'targets.md'), 'utf8');
const schema: unknown = JSON.parse(readFileSync(join(DOCS, 'schema/emcp.schema.json'), 'utf8'));
const template = configText({
  name: 'a',
  url: 'https://example.org',
  profile: 'hybrid',
  credential: undefined,
  isDefault: true,
});

async function help(): Promise<string> {
  const io = testIo({ width: 100 });
  await main(['check', '--help'], io);
  return io.written;
}

/** What the JSON Schema says of a key of a target. */
function schemaAt(yaml: string): unknown {
  const path = [
    'properties',
    'targets',
    'additionalProperties',
    ...yaml.split('.').flatMap((key) => ['properties', key]),
  ];
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    schema,
  );
}

describe('an option of a target', () => {
  it.each(OPTION_KEYS)('has a flag and its variables in the help: %s', async (key) => {
    const { flag, variables } = TARGET_OPTIONS[key];
    const text = (await help()).replaceAll(/\s+/g, ' ');
    expect(text).toContain(` ${flag} `);
    for (const name of variables) expect(text).toContain(name);
  });

  it.each(OPTION_KEYS)('has a row in docs/targets.md: %s', (key) => {
    const { flag, variables, yaml, kind, does } = TARGET_OPTIONS[key];
    const row = page.split('\n').find((line) => line.startsWith(`| \`${yaml}\` | \`${flag}\` |`)) ?? '';
    expect(row).toContain(does);
    for (const name of variables) expect(row).toContain(`\`${name}\``);
    expect(row.split('|')[4]?.trim()).toBe({ all: 'yes', password: 'its password', none: 'no' }[kind.hides ?? 'none']);
  });

  it.each(OPTION_KEYS)('has a key in the schema of emcp.yaml: %s', (key) => {
    expect(schemaAt(TARGET_OPTIONS[key].yaml)).toMatchObject({ description: TARGET_OPTIONS[key].does });
  });

  it.each(OPTION_KEYS)('is in a new emcp.yaml, or deliberately not: %s', (key) => {
    const { yaml, sample, required } = TARGET_OPTIONS[key];
    const isThere = new RegExp(`^ +(?:# )?${yaml}: `, 'm').test(template);
    expect(isThere).toBe(required === true || sample !== false);
  });

  it.each(OPTION_KEYS)('goes by the name that commander gives its flag: %s', (key) => {
    expect(wordName(key)).toBe(new Option(TARGET_OPTIONS[key].flag).attributeName());
  });

  it.each(OPTION_KEYS)('has a label for reports if it is secret, and only then: %s', (key) => {
    const { kind, secret } = TARGET_OPTIONS[key];
    expect(secret !== undefined).toBe(kind.hides !== undefined);
  });

  it('shares flag, key and variables with no other one', () => {
    const rows = OPTION_KEYS.map((key) => TARGET_OPTIONS[key]);
    const names = rows.flatMap(({ variables, yaml }) => [...variables, yaml]).concat(OPTION_KEYS.map(longFlag));
    expect(new Set([...names, ...VENDOR_VARIABLE_NAMES]).size).toBe(names.length + VENDOR_VARIABLE_NAMES.length);
  });

  it('is known to the environment by each of its variables', () => {
    for (const name of OPTION_KEYS.flatMap((key) => TARGET_OPTIONS[key].variables)) {
      expect(readEnvironment({ [name]: 'x' })).toEqual({ [name]: 'x' });
    }
  });
});

const SECRET_KEYS = OPTION_KEYS.filter((key) => TARGET_OPTIONS[key].kind.hides === 'all');

describe('a secret', () => {
  it('is each of these', () => {
    expect(SECRET_KEYS).toEqual<OptionKey[]>(['secret', 'token', 'cookie', 'csrf', 'password']);
  });

  it.each(SECRET_KEYS)('is never a word on the command line: %s', async (key) => {
    const flag = longFlag(key).replace(/-file$/, '');
    expect(flag).not.toBe(longFlag(key));
    for (const words of [[flag, 'hush-hush'], [`${flag}=hush-hush`]]) {
      const io = testIo();
      expect(await main(['check', ...words], io)).toBe(2);
      expect(io.told).toContain(`${flag}-file FILE`);
      expect(io.written + io.told).not.toContain('hush-hush');
    }
  });
});
