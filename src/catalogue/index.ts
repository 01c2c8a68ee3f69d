import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { traceStrays } from '../boundary/strays.ts';
import type { AnyCheck, CheckMeta } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import type { FaultMeta, RemedyMeta } from '../model/fault.ts';
import { readFolder } from './folder.ts';
import { packageRoot, runsFromSource } from './root.ts';
import { refuseBrokenOrder } from './order.ts';
import { readCheck, readFault, readRemedy, type Unit } from './unit.ts';

export interface Catalogue {
  readonly checks: readonly CheckMeta[];
  readonly faults: readonly FaultMeta[];
  readonly remedies: readonly RemedyMeta[];
  load(id: string): Promise<AnyCheck>;
  /** The fault with its layers; whoever applies it knows the types of the server. */
  loadFault(id: string): Promise<FaultMeta>;
  loadRemedy(id: string): Promise<RemedyMeta>;
}

interface ManifestEntry<Meta> {
  readonly meta: Meta;
  /** Module file, relative to `dist/`. */
  readonly module: string;
}

export interface Manifest {
  readonly checks: readonly ManifestEntry<CheckMeta>[];
  readonly faults: readonly ManifestEntry<FaultMeta>[];
  readonly remedies: readonly ManifestEntry<RemedyMeta>[];
}

/** The built-in checks, and an operator's own from `dirs`; an own check may not take a built-in id. */
export async function openCatalogue(options: { readonly dirs?: readonly string[] } = {}): Promise<Catalogue> {
  const builtIn = runsFromSource() ? await openSource() : await openManifest();
  const { dirs = [] } = options;
  if (dirs.length > 0) traceStrays();
  const own = await Promise.all(dirs.map((dir) => readFolder(dir, readCheck)));
  const checks = indexUnits([...builtIn.checks, ...own.flat()]);
  refuseBrokenOrder([...checks.values()].map((unit) => unit.meta));
  const faults = indexUnits(builtIn.faults);
  const remedies = indexUnits(builtIn.remedies);
  return {
    checks: [...checks.values()].map((unit) => unit.meta),
    faults: [...faults.values()].map((unit) => unit.meta),
    remedies: [...remedies.values()].map((unit) => unit.meta),
    load: (id) => loadFrom(checks, id),
    loadFault: (id) => loadFrom(faults, id),
    loadRemedy: (id) => loadFrom(remedies, id),
  };
}

interface Units {
  readonly checks: readonly Unit<CheckMeta, AnyCheck>[];
  readonly faults: readonly Unit<FaultMeta, FaultMeta>[];
  readonly remedies: readonly Unit<RemedyMeta, RemedyMeta>[];
}

async function openSource(): Promise<Units> {
  const root = packageRoot();
  const [checks, faults, remedies] = await Promise.all([
    readFolder(join(root, 'checks'), readCheck),
    readFolder(join(root, 'src/faults'), readFault),
    readFolder(join(root, 'src/remedies'), readRemedy),
  ]);
  return { checks, faults, remedies };
}

async function openManifest(): Promise<Units> {
  const dist = join(packageRoot(), 'dist');
  const manifest = JSON.parse(await readFile(join(dist, 'catalogue.json'), 'utf8')) as Manifest;
  const lazily = <Meta, Whole>({ meta, module }: ManifestEntry<Meta>): Unit<Meta, Whole> => ({
    meta,
    load: async () => ((await import(pathToFileURL(join(dist, module)).href)) as { default: Whole }).default,
  });
  return {
    checks: manifest.checks.map((entry) => lazily<CheckMeta, AnyCheck>(entry)),
    faults: manifest.faults.map((entry) => lazily<FaultMeta, FaultMeta>(entry)),
    remedies: manifest.remedies.map((entry) => lazily<RemedyMeta, RemedyMeta>(entry)),
  };
}

function indexUnits<Meta extends { readonly id: string }, Whole>(
  units: readonly Unit<Meta, Whole>[],
): ReadonlyMap<string, Unit<Meta, Whole>> {
  const byId = new Map<string, Unit<Meta, Whole>>();
  for (const unit of units) {
    if (byId.has(unit.meta.id)) throw duplicate(unit.meta.id);
    byId.set(unit.meta.id, unit);
  }
  return byId;
}

function duplicate(id: string): UsageError {
  return new UsageError('duplicate-id', `two units have the id ${id}`, { hint: 'give your own check another path' });
}

async function loadFrom<Meta, Whole>(units: ReadonlyMap<string, Unit<Meta, Whole>>, id: string): Promise<Whole> {
  const unit = units.get(id);
  if (!unit) throw new UsageError('unknown-id', `there is no ${id}`, { hint: 'emcp list' });
  return unit.load();
}

export { packageRoot, profilesFolder } from './root.ts';
