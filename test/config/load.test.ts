import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { loadProfile } from '../../src/config/load.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { Profile } from '../../src/model/profile.ts';
import { resolveSettings } from '../../src/server/settings.ts';
import { folderWith } from '../support/config-folder.ts';

const BUILT_IN = join(import.meta.dirname, '../../profiles');

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'emcp-profile-'));
});
afterEach(() => rm(home, { recursive: true }));

async function load(text: string): Promise<Profile> {
  await writeFile(join(home, 'mine.yaml'), text);
  return loadProfile('./mine.yaml', { folder: BUILT_IN, cwd: home });
}

async function refusal(text: string): Promise<UsageError> {
  const error = await load(text).catch((thrown: unknown) => thrown);
  if (error instanceof UsageError) return error;
  throw new Error('the profile was not refused', { cause: error });
}

const HEAD = 'id: mine\ntitle: Mine\n';

describe('a profile of one’s own', () => {
  it('changes single promises of what it extends', async () => {
    const [hybrid, mine] = await Promise.all([
      loadProfile('hybrid', { folder: BUILT_IN, cwd: home }),
      load(`${HEAD}extends: hybrid\nexpect:\n  rate: { perMinute: unlimited }\n`),
    ]);
    expect(mine).toEqual({
      ...hybrid,
      id: 'mine',
      title: 'Mine',
      section: undefined,
      expect: { ...hybrid.expect, rate: { ...hybrid.expect.rate, perMinute: 'unlimited' } },
    });
  });

  it('adds to exclusions and settings, and replaces selections and requirements', async () => {
    const text = `${HEAD}extends: manager-only
select: { sections: ["1"] }
require: [manager]
exclude: { rate/threshold: measured elsewhere }
settings: { cms.settings.eMCP.stream.enabled: true }\n`;
    const mine = await load(text);
    expect(mine.select.sections).toEqual(['1']);
    expect(mine.require).toEqual(['manager']);
    expect(Object.keys(mine.exclude)).toContain('rate/threshold');
    expect(Object.keys(mine.exclude).length).toBeGreaterThan(1);
    expect(mine.settings).toMatchObject({
      'cms.settings.eMCP.mode.api': false,
      'cms.settings.eMCP.stream.enabled': true,
    });
  });

  it.each([
    ['a mistyped key', 'selct: {}\n', { code: 'unknown-key', key: 'selct', line: 3 }, 'did you mean select?'],
    [
      'a mistyped promise',
      'extends: base\nexpect:\n  rate: { perMinut: 5 }\n',
      { code: 'unknown-key', key: 'expect.rate.perMinut', line: 5 },
      'did you mean perMinute?',
    ],
    [
      'a promise of the wrong form',
      'extends: base\nexpect:\n  rate:\n    perMinute: some\n',
      { code: 'wrong-value', key: 'expect.rate.perMinute', line: 6 },
      undefined,
    ],
    [
      'a mistyped profile to extend',
      'extends: hybrd\n',
      { code: 'unknown-profile', key: 'extends' },
      'did you mean hybrid?',
    ],
    ['itself to extend', 'extends: ./mine.yaml\n', { code: 'profile-ring', key: 'extends' }, 'extends: base'],
    ['no promises', '', { code: 'incomplete-profile', key: 'expect.mode.internal' }, 'extends: base'],
  ])('is refused with %s, by place and what was meant', async (_what, text, place, hint) => {
    const { code, where, hint: told } = await refusal(HEAD + text);
    expect({ code, ...where }).toMatchObject(place);
    expect(told).toBe(hint);
  });

  it('is refused where it is no YAML, or unfolds without end', async () => {
    expect(await refusal('id: mine\n title: [\n')).toMatchObject({ code: 'broken-yaml', where: { line: 1 } });
    const nine = (name: string): string => `[${Array.from({ length: 9 }, () => `*${name}`).join(',')}]`;
    const bomb = `a: &a [x,x,x]\nb: &b ${nine('a')}\nc: &c ${nine('b')}\nd: ${nine('c')}\n`;
    expect(await refusal(bomb)).toMatchObject({ code: 'too-many-aliases' });
  });
});

describe('a profile in JSON', () => {
  it('of the operator is refused like one in YAML', async () => {
    const places = { folder: BUILT_IN, cwd: folderWith({ 'a.json': '{"id":3}', 'b.json': '{' }) };
    await expect(loadProfile('./a.json', places)).rejects.toMatchObject({ code: 'wrong-value', where: { key: 'id' } });
    await expect(loadProfile('./b.json', places)).rejects.toMatchObject({ code: 'broken-yaml' });
  });
});

describe('the built-in profiles', () => {
  it('are in the build what their YAML says', async () => {
    const built = { folder: join(import.meta.dirname, '../../dist/profiles'), cwd: home };
    const names = (await readdir(BUILT_IN)).map((file) => file.replace(/\.yaml$/, ''));
    const [fromBuild, fromYaml] = await Promise.all(
      [built, { folder: BUILT_IN, cwd: home }].map((places) =>
        Promise.all(names.map((name) => loadProfile(name, places))),
      ),
    );
    expect(fromBuild).toEqual(fromYaml);
    expect(names.length).toBeGreaterThan(5);
  });

  it('load, name only checks and settings there are, and have their id for a name', async () => {
    const known = new Set((await openCatalogue()).checks.map(({ id }) => id));
    for (const file of await readdir(BUILT_IN)) {
      const name = file.replace(/\.yaml$/, '');
      const profile = await loadProfile(name, { folder: BUILT_IN, cwd: home });
      expect(profile.id).toBe(name);
      const named = [...profile.select.checks, ...Object.keys(profile.exclude)];
      expect(named.filter((id) => !known.has(id))).toEqual([]);
      expect(() => resolveSettings(profile.settings)).not.toThrow();
    }
  });
});
