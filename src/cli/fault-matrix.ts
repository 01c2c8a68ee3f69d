import { checkTarget } from '../app/check-target.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { AnyCheck } from '../model/check.ts';
import type { FaultMeta, World } from '../model/fault.ts';
import type { Profile } from '../model/profile.ts';
import { redSlugs, type CheckResult } from '../model/report.ts';
import type { ServerTweak } from '../server/tweak.ts';
import { withTarget } from '../targets/open.ts';
import { loadTweak } from './fault-tweak.ts';

/** What the checks made of one fault; every name is `check:slug`. */
export interface FaultRow {
  readonly fault: string;
  readonly title: string;
  /** Named by the fault, red with it and not without it. */
  readonly caught: readonly string[];
  readonly missed: readonly string[];
  /** Checks that turn red although the fault does not name them; looked for only on demand. */
  readonly unexpected: readonly string[];
}

export interface Matrix {
  readonly catalogue: Catalogue;
  /** What a stock installation promises. */
  readonly profile: Profile;
  /** Every check looks at every fault, rather than those the fault names. */
  readonly all: boolean;
  readonly signal: AbortSignal;
}

/** Runs the checks against embedded servers with one fault each, and without it. */
export async function* tryFaults(faults: readonly FaultMeta[], matrix: Matrix): AsyncGenerator<FaultRow, void, void> {
  const baselines = new Map<string, ReadonlySet<string>>();
  for (const fault of faults) {
    const named = await namedChecks(fault, matrix);
    const own = await see(named.map(alone), { fault, matrix, baselines });
    const all = matrix.all ? await see(await allChecks(fault, matrix), { fault, matrix, baselines }) : undefined;
    if (matrix.signal.aborted) return;
    yield rowOf(fault, own, all);
  }
}

async function namedChecks({ breaks }: FaultMeta, { catalogue }: Matrix): Promise<readonly AnyCheck[]> {
  return Promise.all([...new Set(breaks.map(checkOf))].map((id) => catalogue.load(id)));
}

/** Bursts take a hundred times as long as anything else; only faults of the limiter are asked to disturb them. */
async function allChecks({ id: fault }: FaultMeta, { catalogue }: Matrix): Promise<readonly AnyCheck[]> {
  const wanted = catalogue.checks.filter(({ impact }) => impact !== 'load' || fault.startsWith('rate/'));
  return Promise.all(wanted.map(({ id }) => catalogue.load(id)));
}

interface Seen {
  readonly red: ReadonlySet<string>;
  /** Red without any fault. */
  readonly sound: ReadonlySet<string>;
}

interface Seeing {
  readonly fault: FaultMeta;
  readonly matrix: Matrix;
  /** What is red without any fault; asked once for a world and check. */
  readonly baselines: Map<string, ReadonlySet<string>>;
}

async function see(checks: readonly AnyCheck[], { fault, matrix, baselines }: Seeing): Promise<Seen> {
  const { id, world } = fault;
  const keyOf = (check: string): string => JSON.stringify([check, world]);
  const unknown = checks.filter((check) => !baselines.has(keyOf(check.id)));
  for (const result of await runAgainst(unknown, { world, tweak: undefined, matrix }))
    baselines.set(keyOf(result.check.id), redOf([result]));
  const tweak = await loadTweak(matrix.catalogue, id);
  return {
    red: redOf(await runAgainst(checks, { world, tweak, matrix })),
    sound: new Set(checks.flatMap((check) => [...(baselines.get(keyOf(check.id)) ?? [])])),
  };
}

interface Against {
  readonly world: World | undefined;
  readonly tweak: ServerTweak | undefined;
  readonly matrix: Matrix;
}

export async function runAgainst(
  checks: readonly AnyCheck[],
  { world = {}, tweak, matrix }: Against,
): Promise<readonly CheckResult[]> {
  if (checks.length === 0) return [];
  const profile = { ...matrix.profile, expect: { ...matrix.profile.expect, ...world.expect } };
  const known = new Map(checks.map((check) => [check.id, check]));
  const settings = {
    kind: 'embedded' as const,
    settings: { ...profile.settings, ...world.settings },
    ...(world.apiPath === undefined ? {} : { apiPath: world.apiPath }),
    ...(tweak === undefined ? {} : { tweak }),
  };
  const source = { checks, load: async (id: string) => known.get(id) ?? matrix.catalogue.load(id) };
  const planning = { allow: [], wait: true, only: [...known.keys()], named: [], seed: 'selftest' };
  return withTarget(settings, async (target) => {
    const { signal } = matrix;
    return (await checkTarget({ target, profile, checks: source, planning, signal })).results;
  });
}

/** What a check would come after is not its own behaviour. */
function alone({ after: _after, guards: _guards, ...check }: AnyCheck): AnyCheck {
  return check;
}

function redOf(results: readonly CheckResult[]): ReadonlySet<string> {
  return new Set(results.flatMap((result) => redSlugs(result).map((slug) => `${result.check.id}:${slug}`)));
}

function rowOf({ id, title, breaks, alsoBreaks = [] }: FaultMeta, own: Seen, all: Seen | undefined): FaultRow {
  const isCaught = (name: string): boolean => own.red.has(name) && !own.sound.has(name);
  const excused = new Set([...breaks, ...alsoBreaks, ...(all?.sound ?? [])].map(checkOf));
  return {
    fault: id,
    title,
    caught: breaks.filter(isCaught),
    missed: breaks.filter((name) => !isCaught(name)),
    unexpected: [...(all?.red ?? [])].filter((name) => !excused.has(checkOf(name))),
  };
}

function checkOf(name: string): string {
  return name.split(':')[0] ?? name;
}
