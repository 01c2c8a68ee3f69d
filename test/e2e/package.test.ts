import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emcp-package-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A project that depends on the packed file, locked to the versions the cache already holds. */
async function layProject(tarball: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const dependencies = { emcp: `file:${tarball}` };
  const { version, bin, dependencies: needed } = manifest;
  const libraries = Object.fromEntries(
    Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.dev),
  );
  const project = { name: 'outside', version: '1.0.0', dependencies };
  const packages = {
    '': project,
    ...libraries,
    'node_modules/emcp': { version, resolved: `file:${tarball}`, bin, dependencies: needed },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(project));
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...project, lockfileVersion: 3, requires: true, packages }),
  );
}

it(
  'packs into a file that installs without a network and runs a check outside the checkout',
  { timeout: 60_000 },
  async () => {
    // Scripts would build again, below the feet of the other tests.
    const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: ROOT,
    });
    const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['bin/emcp.js', 'dist/cli/main.js', 'dist/catalogue.json', 'profiles/hybrid.yaml']),
    );
    expect(paths.filter((path) => /^(?:src|test|checks|node_modules)\//.test(path))).toEqual([]);

    await layProject(filename);
    await run('npm', ['ci', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
    const { PATH = '', HOME = '' } = process.env;
    const checked = await run(join(folder, 'node_modules/.bin/emcp'), ['check', '--profile', 'smoke'], {
      cwd: folder,
      env: { PATH, HOME },
    });
    expect(checked.stdout).toContain('all that the embedded server has was measured and holds');
  },
);
