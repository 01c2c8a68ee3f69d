// Builds dist/ from the sources: one chunk per command, one module per check, fault and remedy, and the manifest from
// which `list` and `plan` read without loading any of them; and the built-in profiles, so that no run reads their YAML.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const SOURCES = ['src', 'checks', 'profiles', 'package.json', 'bin/build.js'];
const UNITS = { checks: 'checks', faults: 'src/faults', remedies: 'src/remedies' };
const EXTERNAL = [/^node:/, '@photostructure/sqlite', 'mysql2', /^mysql2\//, 'pg'];

const flag = process.argv[2];
if (flag === '--if-stale' && !isStale()) process.exit(0);
if (flag === '--prepare' && !existsSync(join(root, 'node_modules/rolldown'))) {
  console.warn('emcp: built nothing, because development dependencies are not installed');
  process.exit(0);
}
await build();

async function build() {
  const { rolldown } = await import('rolldown');
  const entries = {
    'cli/main': 'src/cli/main.ts',
    'cli/reference': 'src/cli/reference.ts',
    'catalogue/unit': 'src/catalogue/unit.ts',
    'config/json-schemas': 'src/config/json-schemas.ts',
    'config/target-option': 'src/config/target-option.ts',
    'config/target-options': 'src/config/target-options.ts',
    'config/target-words': 'src/config/target-words.ts',
    'config/vendor-variables': 'src/config/vendor-variables.ts',
    index: 'src/index.ts',
  };
  for (const [kind, folder] of Object.entries(UNITS)) {
    for (const id of unitIds(folder)) entries[`${kind}/${id}`] = `${folder}/${id}.ts`;
  }
  rmSync(dist, { recursive: true, force: true });
  const bundle = await rolldown({ input: entries, cwd: root, platform: 'node', external: EXTERNAL });
  const { output } = await bundle.write({
    dir: dist,
    format: 'esm',
    comments: false, // The licences stand in LICENSES.txt.
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await bundle.close();
  writeFileSync(join(dist, 'LICENSES.txt'), thirdPartyLicences(output));
  await writeProfiles();
  writeFileSync(join(dist, 'catalogue.json'), JSON.stringify(await manifest()));
}

async function writeProfiles() {
  const { parse } = await import('yaml');
  mkdirSync(join(dist, 'profiles'));
  for (const file of readdirSync(join(root, 'profiles'))) {
    const profile = parse(readFileSync(join(root, 'profiles', file), 'utf8'));
    writeFileSync(join(dist, 'profiles', file.replace(/\.yaml$/, '.json')), JSON.stringify(profile));
  }
}

/** What a unit says of itself, without its functions: its schema in the catalogue leaves them out. */
async function manifest() {
  const { UNIT_META } = await import(pathToFileURL(join(dist, 'catalogue/unit.js')).href);
  const entries = Object.entries(UNITS).map(async ([kind, folder]) => [
    kind,
    await Promise.all(
      unitIds(folder).map(async (id) => {
        const module = `${kind}/${id}.js`;
        const unit = (await import(pathToFileURL(join(dist, module)).href)).default;
        return { meta: UNIT_META[kind].parse(unit), module };
      }),
    ),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

function unitIds(folder) {
  return files(join(root, folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => relative(join(root, folder), file).split(sep).join('/').replace(/\.ts$/, ''))
    .toSorted();
}

function files(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function isStale() {
  const built = join(dist, 'catalogue.json');
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  const known = new Set(
    Object.values(JSON.parse(readFileSync(built, 'utf8'))).flatMap((units) => units.map((unit) => unit.module)),
  );
  const present = Object.entries(UNITS).flatMap(([kind, folder]) => unitIds(folder).map((id) => `${kind}/${id}.js`));
  if (present.length !== known.size || present.some((module) => !known.has(module))) return true;
  return SOURCES.flatMap((source) => files(join(root, source))).some((file) => statSync(file).mtimeMs > builtAt);
}

/** The licence texts of the packages that were bundled, as their licences ask. */
function thirdPartyLicences(output) {
  const folders = new Set();
  for (const chunk of output) {
    for (const module of Object.keys(chunk.modules ?? {})) {
      const found = /^(.*node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(module);
      if (found) folders.add(found[1]);
    }
  }
  return [...folders]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map(licenceOf)
    .join('\n');
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8') : `${license ?? 'no licence stated'}\n`;
  return `${name} ${version}\n\n${text}`;
}
