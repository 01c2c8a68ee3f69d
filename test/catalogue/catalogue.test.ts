import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { UsageError } from '../../src/model/errors.ts';

const SOUND = `export default {
  id: 'own/sound', title: 't', proves: 'p', remedy: 'r', section: '2.1', cites: ['x'], severity: 'must', impact: 'read',
  requests: {}, needs: [],
  async *run() { yield { kind: 'fact', slug: 's', held: true, actual: 1, expected: 1, seen: [1] }; },
};`;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'emcp-catalogue-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function file(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

async function refusal(): Promise<UsageError> {
  const error = await openCatalogue({ dirs: [dir] }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(UsageError);
  return error as UsageError;
}

describe('the catalogue', () => {
  it('lists every check of the folder by its path, and loads it', async () => {
    const catalogue = await openCatalogue();
    expect(catalogue.checks.map(({ id }) => id)).toContain('auth/sound-token');
    const check = await catalogue.load('auth/sound-token');
    expect(check.id).toBe('auth/sound-token');
  });

  it('adds checks of an operator from another folder', async () => {
    await file('own/sound.mjs', SOUND);
    const { checks } = await openCatalogue({ dirs: [dir] });
    expect(checks.map(({ id }) => id)).toContain('own/sound');
  });

  it('refuses a file whose id is not its path, and says which path it should be', async () => {
    await file('own/other.mjs', SOUND);
    expect(await refusal()).toMatchObject({ code: 'id-is-not-path', hint: 'call it own/other, or move the file' });
  });

  it('refuses a malformed check with the key that is wrong', async () => {
    await file('own/sound.mjs', SOUND.replace("'must'", "'maybe'"));
    expect(await refusal()).toMatchObject({ code: 'malformed-unit', where: { key: 'severity' } });
  });

  it('refuses a module that does not load', async () => {
    await file('own/sound.mjs', 'export default {');
    expect(await refusal()).toMatchObject({ code: 'broken-module' });
  });

  it('refuses a folder that is not there instead of finding nothing in it', async () => {
    dir = join(dir, 'missing');
    expect(await refusal()).toMatchObject({ code: 'unreadable-folder' });
  });

  it('refuses an own check that takes a built-in id', async () => {
    await file('auth/sound-token.mjs', SOUND.replace('own/sound', 'auth/sound-token'));
    expect(await refusal()).toMatchObject({ code: 'duplicate-id' });
  });

  it.each([
    ['waits for itself', "after: ['own/sound'],"],
    ['comes after a check that does not exist', "after: ['own/nobody'],"],
  ])('refuses a check that %s', async (_name, after) => {
    await file('own/sound.mjs', SOUND.replace('requests:', `${after} requests:`));
    expect(await refusal()).toMatchObject({ code: 'broken-order' });
  });

  it.each([
    ['needs what a guard comes before', "needs: ['mcp'],"],
    ['needs what boots the runtime', "needs: ['artisan'],"],
    ['uses such a thing if it is there', "needs: [], optional: ['token'],"],
    ['sends', 'needs: [], requests: { initialize: 1 },'],
    ['may send', 'needs: [], requests: () => ({}),'],
    ['sends with another identity', 'needs: [], otherRequests: { initialize: 1 },'],
  ])('refuses a check that is to be first and %s', async (_name, declared) => {
    await file('own/sound.mjs', SOUND.replace('needs: [],', `${declared} first: true,`));
    expect(await refusal()).toMatchObject({
      code: 'malformed-unit',
      where: { source: join(dir, 'own/sound.mjs'), key: 'first' },
      hint: 'leave first out, or need nothing but database, config, workspace, with requests: {}',
    });
  });

  it('refuses a guard that would come before a check that is to be first', async () => {
    await file('own/sound.mjs', SOUND.replace('needs: [],', "needs: [], guards: ['database'],"));
    expect(await refusal()).toMatchObject({
      code: 'broken-order',
      message: 'the check worker/registered is to be first and comes after own/sound',
    });
  });

  it('takes a check that is to be first and only looks', async () => {
    await file('own/sound.mjs', SOUND.replace('needs: [],', "needs: ['config'], first: true,"));
    expect((await openCatalogue({ dirs: [dir] })).checks).toContainEqual(expect.objectContaining({ id: 'own/sound' }));
  });
});
