import { planTarget } from '../../app/check-target.ts';
import type { Plan, PlanEntry, RouteLoad } from '../../model/plan.ts';
import type { RequestCount } from '../../model/requests.ts';
import type { TargetFacts } from '../../model/target.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import { withTarget } from '../../targets/open.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../json-document.ts';
import type { TargetFlags } from '../target-flags.ts';
import { prepare } from '../run-profile.ts';
import { settingsOf } from '../target-profile.ts';
import { planningOf, refuseUnknown } from './check-run.ts';

export interface PlanFlags extends TargetFlags {
  readonly only?: readonly string[];
  readonly allow?: string;
  readonly wait?: boolean;
  readonly seed?: string;
  readonly scopes?: boolean;
  readonly json?: boolean;
}

/** Plans and prints; nothing is sent to the target. */
export async function runPlanCommand(flags: PlanFlags, io: Io): Promise<number> {
  const prepared = await prepare(flags, io);
  const planning = planningOf(flags, prepared);
  refuseUnknown(planning.only, prepared.catalogue.checks);
  const { catalogue: checks, config, profile } = prepared;
  const text = await withTarget(settingsOf(config, profile), async (target) => {
    const plan = await planTarget({ target, profile, checks, planning });
    if (flags.scopes) return `${plan.scopes.join(',')}\n`;
    const seeded = { ...plan, seed: flags.seed ?? null };
    return flags.json ? jsonDocument('plan', seeded) : describe(plan, target.facts, flags.seed !== undefined);
  });
  io.out(text);
  return EXIT.ok;
}

function describe(plan: Plan, facts: TargetFacts, isSeeded: boolean): string {
  const planned = plan.entries.filter((entry) => entry.kind === 'planned');
  const shown = plan.entries.filter((entry) => entry.kind === 'planned' || entry.exclusion.kind !== 'not-selected');
  const windows = plan.windows > 1 ? `, in ${plan.windows} windows of the rate limiter` : '';
  const parts = [
    [`target: ${oneLine(facts.label)}`, `profile: ${plan.profile}: ${planned.length} checks${windows}`],
    shown.map(line),
    requests(plan),
    budget(plan),
    [`scopes: ${plan.scopes.join(', ') || 'none'}`, time(plan, facts), leftovers(plan, isSeeded)],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function line(entry: PlanEntry): string {
  const id = entry.check.id.padEnd(34);
  if (entry.kind === 'excluded') return `  leave  ${id} ${oneLine(entry.exclusion.reason)}`;
  const own = formatRequests(entry.requests);
  const others = formatRequests(entry.otherRequests);
  const sends = [own, others === '' ? '' : `others: ${others}`].filter((part) => part !== '').join('; ');
  const after = entry.after.length === 0 ? '' : ` after ${entry.after.join(', ')}`;
  const window = entry.window === 0 ? '' : ` in window ${entry.window + 1}`;
  return `  ${entry.lane.padEnd(6)} ${id} ${sends || 'no HTTP request'}${after}${window}`;
}

function formatRequests(count: RequestCount): string {
  const sent = Object.entries(count).filter(([, requests]) => requests > 0);
  return sent.map(([bucket, requests]) => `${requests} ${bucket}`).join(', ');
}

const ROUTE_NAMES: Readonly<Record<RouteLoad['route'], string>> = {
  mcp: 'API',
  dispatch: 'API dispatch',
  manager: 'manager',
  'manager-dispatch': 'manager dispatch',
  elsewhere: 'elsewhere',
  login: 'token endpoint',
};

/** What is sent at most, so that a run can only stay below it. */
function requests({ requests: total, repeatsPerCheck, routes }: Plan): readonly string[] {
  const repeats = `besides, a check may repeat ${repeatsPerCheck} that somebody else than eMCP answered`;
  return [
    `requests: ${total} at most; ${repeats}`,
    `  ${'route'.padEnd(17)}${'method'.padEnd(26)}${'in all'.padStart(8)}${'in a minute'.padStart(13)}`,
    ...routes.map(
      ({ route, method, requests: count, busiestMinute }) =>
        `  ${ROUTE_NAMES[route].padEnd(17)}${method.padEnd(26)}${String(count).padStart(8)}${String(busiestMinute).padStart(13)}`,
    ),
  ];
}

/** The buckets that all checks share; each other one belongs to a single check. */
function budget({ buckets }: Plan): readonly string[] {
  return buckets.map(
    ({ route, method, planned, limit }) => `bucket ${route} ${method}: ${planned} of ${limit} a minute`,
  );
}

function time({ waits, duration, requests: total }: Plan, { realTime }: TargetFacts): string {
  if (!realTime) return 'time: seconds; waiting passes at once on the embedded server';
  const { limiterSeconds, tasksSeconds } = waits;
  const parts = [
    ...(limiterSeconds > 0 ? [`at most ${limiterSeconds} s for the rate limiter`] : []),
    ...(tasksSeconds > 0 ? [`at most ${tasksSeconds} s for queued tasks`] : []),
  ];
  const waiting = parts.length === 0 ? 'no waiting' : `waiting ${parts.join(' and ')}`;
  const { leastSeconds, mostSeconds } = duration;
  const least = leastSeconds > 0 ? `at least ${leastSeconds} s and ` : '';
  const most = `at most ${mostSeconds} s, were every check stopped at its time limit`;
  return `time: ${total} answers of the target, and ${waiting}; in all ${least}${most}`;
}

function leftovers({ leftovers: left }: Plan, isSeeded: boolean): string {
  const { taskRows, idempotencyRecords, auditLines, prefix } = left;
  const named = isSeeded ? `names begin with ${prefix}-` : 'names begin with emcp-SEED-, which --seed fixes';
  if (taskRows + idempotencyRecords === 0) return `stays behind: at most ${auditLines} audit lines; ${named}`;
  const rows = `at most ${taskRows} task rows, ${idempotencyRecords} idempotency records and ${auditLines} audit lines`;
  return `stays behind: ${rows}; ${named}`;
}
