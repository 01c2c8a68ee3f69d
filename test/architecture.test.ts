import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { builtinModules } from 'node:module';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

interface Room {
  /** Rooms it may import; `src/server` stands for the whole of it, `src/server (types)` for its types only. */
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

/** The import table of docs/architecture.md. */
const ROOMS: Readonly<Record<string, Room>> = {
  'src/model': { may: [], packages: ['zod'] },
  'src/boundary': { may: ['src/model'], packages: [] },
  'src/kit': { may: ['src/model'], packages: [] },
  'src/protocol': { may: ['src/model'], packages: [] },
  'src/journal': { may: ['src/model'], packages: [] },
  'src/probes': {
    may: ['src/journal', 'src/protocol', 'src/model'],
    packages: ['undici', 'jose', 'execa', 'eventsource-parser', 'php-parser', '@photostructure/sqlite', 'mysql2', 'pg'],
  },
  'src/targets': {
    may: ['src/probes', 'src/protocol', 'src/journal', 'src/server', 'src/config (types)', 'src/model'],
    packages: [],
  },
  'src/config': { may: ['src/model'], packages: ['zod', 'yaml'] },
  'src/catalogue': { may: ['src/boundary', 'src/model'], packages: ['zod'] },
  'src/plan': { may: ['src/model'], packages: ['zod'] },
  'src/run': { may: ['src/boundary', 'src/model'], packages: [] },
  'src/reporters': { may: ['src/model'], packages: ['chalk'] },
  'src/server': { may: [], packages: ['zod', '@photostructure/sqlite'] },
  'src/app': { may: ['src/catalogue', 'src/plan', 'src/run', 'src/targets', 'src/model'], packages: [] },
  'src/cli': {
    may: [
      'src/app',
      'src/config',
      'src/catalogue',
      'src/plan',
      'src/run',
      'src/targets',
      'src/reporters',
      'src/model',
      'src/protocol',
      'src/server',
    ],
    packages: ['commander', 'ora'],
  },
  'src/index.ts': { may: ['src/app', 'src/catalogue', 'src/kit', 'src/targets', 'src/model'], packages: [] },
  'src/faults': { may: ['src/kit', 'src/server (types)'], packages: [] },
  'src/remedies': { may: ['src/kit', 'src/server (types)'], packages: [] },
  checks: { may: ['src/kit', 'src/protocol'], packages: [] },
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = [...sources('src'), ...sources('checks')];
const imports = files.flatMap(importsOf);

describe('the house', () => {
  it('lets each room import only what the table allows', () => {
    expect(imports.filter((one) => !isAllowed(one)).map(describeImport)).toEqual([]);
  });

  it('has no row, room or package in that table that nothing uses', () => {
    const unused = Object.entries(ROOMS).flatMap(([room, { may, packages }]) => {
      const own = imports.filter(({ from }) => roomOf(from) === room);
      if (!files.some((file) => roomOf(file) === room)) return [room];
      return [...may, ...packages].filter((name) => !own.some((one) => uses(one, name))).map((to) => `${room} → ${to}`);
    });
    expect(unused).toEqual([]);
  });

  it('has no cycle, not even of types', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of imports) if (files.includes(to)) edges.set(from, [...(edges.get(from) ?? []), to]);
    expect(cycles(edges)).toEqual([]);
  });

  it('loads no check for a command that runs none', () => {
    const commands = ['stream', 'token-login', 'token-mint', 'token-inspect', 'test', 'list-servers', 'sync-workers'];
    const loading = commands
      .map((name) => `src/cli/commands/${name}-run.ts`)
      .filter((file) => !files.includes(file) || loadedBy(file).has('src/catalogue/index.ts'));
    expect(loading).toEqual([]);
  });

  it('gives each npm package one home within a room', () => {
    const homes = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      if (!['undici', 'jose', 'execa', 'ora', 'php-parser', 'mysql2', 'pg'].includes(to)) continue;
      const key = `${roomOf(from)} → ${to}`;
      homes.set(key, (homes.get(key) ?? new Set()).add(from));
    }
    expect(
      [...homes].filter(([, users]) => users.size > 1).map(([key, users]) => `${key}: ${[...users].join(', ')}`),
    ).toEqual([]);
  });

  it('has a test for every check', () => {
    const missing = sources('checks').filter(
      (file) => !existsSync(join(ROOT, 'test', file.replace(/\.ts$/, '.test.ts'))),
    );
    expect(missing).toEqual([]);
  });

  it('keeps no drawer without a name', () => {
    const drawers = files.filter((file) => /(?:^|\/)(?:utils?|helpers?|common|lib|types)(?:\/|\.ts$)/.test(file));
    expect(drawers).toEqual([]);
  });

  it('asserts a type at most twice in a thousand lines', () => {
    const own = files.filter((file) => file.startsWith('src/'));
    const texts = own.map((file) => readFileSync(join(ROOT, file), 'utf8'));
    const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
    const assertions = texts.flatMap(assertionsIn);
    expect((assertions.length * 1000) / lines).toBeLessThanOrEqual(2);
  });

  it('ends the process nowhere but in the launcher, and never writes to the console', () => {
    const offenders = files.filter((file) =>
      /process\.exit\(|\bconsole\.(?:log|error|warn|info|debug)\(/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(offenders).toEqual([]);
  });
});

/** `value as Type` in a text; `as const` asserts nothing. */
function assertionsIn(text: string): readonly object[] {
  const found: object[] = [];
  const waiting: unknown[] = [parseAst(text, { lang: 'ts' })];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('type' in node && node.type === 'TSAsExpression' && !isConst(node)) found.push(node);
    for (const value of Object.values<unknown>({ ...node })) waiting.push(value);
  }
  return found;
}

function isConst(node: object): boolean {
  return 'typeAnnotation' in node && JSON.stringify(node.typeAnnotation).includes('"name":"const"');
}

function sources(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .toSorted();
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements = /^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gms;
  return [...text.matchAll(statements)].flatMap(([, type, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return [];
    return [{ from: file, to: resolveFrom(file, specifier), typeOnly: type !== undefined }];
  });
}

function resolveFrom(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(ROOT, join(ROOT, dirname(file), specifier));
  const [scopeOrName = '', name] = specifier.split('/');
  return scopeOrName.startsWith('@') ? `${scopeOrName}/${name ?? ''}` : scopeOrName;
}

function roomOf(file: string): string {
  if (file in ROOMS) return file;
  const [first = '', second = ''] = file.split('/');
  return first === 'checks' ? 'checks' : `${first}/${second}`;
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const [room, other] = [roomOf(from), roomOf(to)];
  const rules = ROOMS[room];
  if (!rules) return false;
  if (!to.startsWith('src/') && !to.startsWith('checks/')) return rules.packages.includes(to);
  if (room === 'checks' && other === 'checks') return false;
  return room === other || rules.may.includes(other) || (typeOnly && rules.may.includes(`${other} (types)`));
}

/** The import needs this entry of its room's row. */
function uses({ to, typeOnly }: Import, name: string): boolean {
  const room = name.replace(' (types)', '');
  return (room === name || typeOnly) && (to === room || (to.startsWith('src/') && roomOf(to) === room));
}

function describeImport({ from, to }: Import): string {
  return `${from} → ${to}`;
}

/** Every file that is loaded with this one, at once or later. */
function loadedBy(start: string): ReadonlySet<string> {
  const loaded = new Set([start]);
  for (const file of loaded) {
    for (const { from, to, typeOnly } of imports) if (from === file && !typeOnly) loaded.add(to);
  }
  return loaded;
}

function cycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}
