import { planTarget, type CheckSource, type Planning } from '../app/check-target.ts';
import { openCatalogue, profilesFolder } from '../catalogue/index.ts';
import { loadProfile, profileNames } from '../config/load.ts';
import type { PlanEntry } from '../model/plan.ts';
import type { Profile } from '../model/profile.ts';
import type { Status } from '../model/verdict.ts';
import { withTarget } from '../targets/open.ts';

import { declarationsOf, factsOf, type CheckFacts } from './check-facts.ts';
import { runAgainst } from './fault-matrix.ts';
import { INSTALLATIONS } from './installations.ts';

export interface CapabilityTable {
  readonly profile: string;
  readonly title: string;
  readonly means: readonly string[];
  readonly rows: readonly { readonly check: string; readonly cells: readonly string[] }[];
}

/** For every profile and check, what becomes of it by what the operator has; all is allowed, and waited for. */
export async function capabilityTables(): Promise<readonly CapabilityTable[]> {
  const catalogue = await openCatalogue();
  return Promise.all((await builtInProfiles()).map(async (profile) => tableOf(profile, catalogue)));
}

const EVERYTHING: Planning = { allow: ['write', 'load'], wait: true, only: [], named: [], seed: 'docs' };

async function builtInProfiles(): Promise<readonly Profile[]> {
  const folder = profilesFolder();
  const names = (await profileNames({ folder })).toSorted();
  return Promise.all(names.map((name) => loadProfile(name, { folder, cwd: folder })));
}

async function tableOf(profile: Profile, checks: CheckSource): Promise<CapabilityTable> {
  const plans = await Promise.all(
    Object.values(INSTALLATIONS).map((installation) =>
      withTarget(installation, (target) => planTarget({ target, profile, checks, planning: EVERYTHING })),
    ),
  );
  const [first] = plans;
  const rows = (first?.entries ?? []).flatMap((entry, index) => {
    const cells = plans.map(({ entries }) => cellOf(entries[index]));
    return cells.includes('') ? [] : [{ check: entry.check.id, cells }];
  });
  return { profile: profile.id, title: profile.title, means: Object.keys(INSTALLATIONS), rows };
}

const CELLS = {
  'not-selected': '',
  profile: 'not here',
  inapplicable: 'does not apply',
  required: '**blocked**',
  absent: 'skip',
  'not-allowed': 'skip',
  budget: '**blocked**',
  broken: '**error**',
} as const;

function cellOf(entry: PlanEntry | undefined): string {
  if (entry === undefined) return '';
  return entry.kind === 'planned' ? 'runs' : CELLS[entry.exclusion.kind];
}

/** What docs/checks.md says of every check, by its id: what `emcp explain` prints. */
export async function factsOfAll(): Promise<ReadonlyMap<string, CheckFacts>> {
  const catalogue = await openCatalogue();
  const facts = catalogue.checks.map(async ({ id }) => {
    const check = await catalogue.load(id);
    return [id, factsOf(check, await declarationsOf(check))] as const;
  });
  return new Map(await Promise.all(facts));
}

/** The status of every check on the faithful server, whose installation streams: what a healthy one shows today. */
export async function healthyStatuses(): Promise<ReadonlyMap<string, Status>> {
  const catalogue = await openCatalogue();
  const folder = profilesFolder();
  const profile = await loadProfile('streaming', { folder, cwd: folder });
  const checks = await Promise.all(catalogue.checks.map(({ id }) => catalogue.load(id)));
  const matrix = { catalogue, profile, all: true, signal: new AbortController().signal };
  const results = await runAgainst(checks, { world: undefined, tweak: undefined, matrix });
  return new Map(results.map(({ check, status }) => [check.id, status]));
}
