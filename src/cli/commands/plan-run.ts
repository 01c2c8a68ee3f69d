import type { Plan, PlanEntry } from '../../model/plan.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import type { TargetFlags } from '../target-flags.ts';
import { prepare, withPlan } from '../run-profile.ts';
import { planningOf, refuseUnknown } from './check-run.ts';

export interface PlanFlags extends TargetFlags {
  readonly only?: readonly string[];
  readonly allow?: string;
  readonly wait?: boolean;
  readonly seed?: string;
  readonly json?: boolean;
}

/** Plans and prints; nothing is sent to the target. */
export async function runPlanCommand(flags: PlanFlags, io: Io): Promise<number> {
  const prepared = await prepare(flags, io);
  const planning = planningOf(flags, prepared);
  refuseUnknown(planning.only, prepared.catalogue.checks);
  const text = await withPlan(prepared, planning, async ({ plan, target }) =>
    flags.json ? `${JSON.stringify(plan, null, 2)}\n` : describe(plan, target.facts.label),
  );
  io.out(text);
  return EXIT.ok;
}

function describe(plan: Plan, label: string): string {
  const planned = plan.entries.filter((entry) => entry.kind === 'planned');
  const told = plan.entries.filter((entry) => entry.kind === 'planned' || entry.exclusion.kind !== 'not-selected');
  const windows = plan.windows > 1 ? `, in ${plan.windows} limiter windows` : '';
  return [
    `target: ${oneLine(label)}`,
    `profile: ${plan.profile}: ${planned.length} checks${windows}`,
    '',
    ...told.map(line),
    '',
    ...plan.buckets.map(
      ({ route, method, planned: count, limit }) => `bucket ${route} ${method}: ${count} of ${limit} a minute`,
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function line(entry: PlanEntry): string {
  const id = entry.check.id.padEnd(34);
  if (entry.kind === 'excluded') return `  leave  ${id} ${oneLine(entry.exclusion.reason)}`;
  const requests = Object.entries(entry.requests).map(([method, count]) => `${count} ${method}`);
  const after = entry.after.length === 0 ? '' : ` after ${entry.after.join(', ')}`;
  const window = entry.window === 0 ? '' : ` in window ${entry.window + 1}`;
  return `  ${entry.lane.padEnd(6)} ${id} ${requests.join(', ') || 'identities of its own'}${after}${window}`;
}
