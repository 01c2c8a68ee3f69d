import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

interface Room {
  /** Rooms it may import; `src/server` stands for the whole of it, `src/server (types)` for its types only. */
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

/** The import table of docs/architecture.md. */
const ROOMS: Readonly<Record<string, Room>> = {
  'src/model': { may: [], packages: [] },
  'src/kit': { may: ['src/model'], packages: [] },
  'src/protocol': { may: ['src/model'], packages: ['zod'] },
  'src/probes': {
    may: ['src/protocol', 'src/model'],
    packages: ['undici', 'jose', 'execa', 'eventsource-parser', 'php-parser', '@photostructure/sqlite', 'mysql2', 'pg'],
  },
  'src/targets': { may: ['src/probes', 'src/server', 'src/config (types)', 'src/model'], packages: [] },
  'src/config': { may: ['src/model'], packages: ['zod', 'yaml'] },
  'src/catalogue': { may: ['src/model', 'src/kit'], packages: ['yaml', 'zod'] },
  'src/plan': { may: ['src/model'], packages: [] },
  'src/run': { may: ['src/model'], packages: [] },
  'src/triage': { may: ['src/model', 'src/protocol'], packages: [] },
  'src/reporters': { may: ['src/model'], packages: ['chalk'] },
  'src/server': { may: [], packages: ['jose', 'zod', '@photostructure/sqlite'] },
  'src/cli': {
    may: [
      'src/config',
      'src/catalogue',
      'src/plan',
      'src/run',
      'src/targets',
      'src/triage',
      'src/reporters',
      'src/model',
      'src/protocol',
      'src/server',
    ],
    packages: ['commander', 'ora', 'chalk', '@bomb.sh/tab'],
  },
  'src/index.ts': { may: ['src/kit', 'src/model'], packages: [] },
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

  it('has no cycle, not even of types', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of imports) if (files.includes(to)) edges.set(from, [...(edges.get(from) ?? []), to]);
    expect(cycles(edges)).toEqual([]);
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

  it('ends the process nowhere but in the launcher, and never writes to the console', () => {
    const offenders = files.filter((file) =>
      /process\.exit\(|\bconsole\.(?:log|error|warn|info|debug)\(/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(offenders).toEqual([]);
  });
});

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

function describeImport({ from, to }: Import): string {
  return `${from} → ${to}`;
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
