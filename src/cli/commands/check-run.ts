import { randomBytes } from 'node:crypto';
import { checkTarget, type Planning } from '../../app/check-target.ts';
import { allowedImpacts } from '../../config/allowed-impacts.ts';
import { nearest } from '../../config/nearest.ts';
import { UsageError } from '../../model/errors.ts';
import type { CheckMeta } from '../../model/check.ts';
import type { Report } from '../../model/report.ts';
import { isNamedBy } from '../../model/selection.ts';
import { impactsFrom } from '../allow.ts';
import { tellUnlessMeant } from '../ask-target.ts';
import { exitOf } from '../exit.ts';
import { listenForInterruption, type Interruption } from '../interruption.ts';
import type { Io } from '../io.ts';
import { lastLines, type Ran } from '../last-lines.ts';
import { concludeOutputs } from '../lost-output.ts';
import type { TargetFlags } from '../target-flags.ts';
import { startProgress } from '../progress.ts';
import { withTarget } from '../../targets/open.ts';
import type { Target } from '../../model/target.ts';
import { prepare, type Prepared } from '../run-profile.ts';
import { settingsOf } from '../target-profile.ts';
import { openOutputs, type Outputs } from '../outputs.ts';
import type { Style } from '../../reporters/style.ts';

export interface CheckFlags extends TargetFlags {
  readonly only?: readonly string[];
  readonly allow?: string;
  readonly wait?: boolean;
  readonly strict?: boolean;
  readonly reporter?: readonly string[];
  readonly json?: boolean;
  readonly output?: string;
  readonly seed?: string;
  /** Narrows the run without asking for each of these by name. */
  readonly focus?: readonly string[];
  readonly concurrency: string;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** Runs the checks and writes the report of what was seen, however the run ends. */
export async function runCheck(flags: CheckFlags, io: Io, command: Ran['command'] = 'check'): Promise<number> {
  // From the first moment, so that an early signal ends with a report, and until the last, so that a late one cuts none.
  const interruption = listenForInterruption(io);
  try {
    const prepared = await prepare(flags, io);
    const planning = planningOf(flags, prepared);
    refuseUnknown(planning.only, prepared.catalogue.checks);
    const concurrency = positive(flags.concurrency, '--concurrency');
    const outputs = await openOutputs({ reporters: reportersOf(flags), save: flags.output }, io);
    const report = await withTarget(settingsOf(prepared.config, prepared.profile), (target) =>
      measure({ flags, io, prepared, planning, target, concurrency, outputs, interruption }),
    );
    const lost = await outputs.publish(report, styleOf(flags, io));
    return concludeOutputs(conclude(report, { command, flags }, io), lost, io);
  } finally {
    interruption.end();
  }
}

/** What the flags, the entry of `emcp.yaml` and the environment make of a run. */
export function planningOf(
  flags: Pick<CheckFlags, 'allow' | 'wait' | 'only' | 'focus' | 'seed'>,
  { env, allow: file, describedBy, config }: Pick<Prepared, 'env' | 'allow' | 'describedBy' | 'config'>,
): Planning {
  const production = config.kind === 'remote' && config.production;
  return {
    allow: allowedImpacts({ flags: impactsFrom(flags), file, env, describedBy, production }),
    wait: flags.wait ?? false,
    only: flags.only ?? flags.focus ?? [],
    named: flags.only ?? [],
    seed: flags.seed ?? randomBytes(4).toString('hex'),
  };
}

export function refuseUnknown(words: readonly string[], checks: readonly CheckMeta[]): void {
  for (const word of words) {
    if (checks.some((check) => isNamedBy(check, word))) continue;
    const meant = nearest(
      word,
      checks.map(({ id }) => id),
    );
    throw new UsageError('unknown-check', `there is no check or section ${word}`, {
      where: { source: '--only' },
      hint: meant === undefined ? 'emcp list' : `did you mean ${meant}?`,
    });
  }
}

function positive(text: string, flag: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError('bad-number', `${flag} ${text} is not a positive whole number`, { hint: `${flag} 4` });
}

interface Measuring {
  readonly flags: CheckFlags;
  readonly io: Io;
  readonly prepared: Prepared;
  readonly planning: Planning;
  readonly target: Target;
  readonly concurrency: number;
  readonly outputs: Outputs;
  readonly interruption: Interruption;
}

function reportersOf({ reporter, json }: CheckFlags): readonly string[] {
  const named = [...(reporter ?? []), ...(json ? ['json'] : [])];
  return named.length === 0 ? ['terminal'] : named;
}

/** The report for a person begins with the target. */
function showsTargetFirst(flags: CheckFlags): boolean {
  return flags.quiet !== true && reportersOf(flags).includes('terminal');
}

async function measure(measuring: Measuring): Promise<Report> {
  const { flags, io, prepared, planning, target, concurrency, outputs, interruption } = measuring;
  const { catalogue: checks, profile, config } = prepared;
  if (config.kind === 'embedded' && !showsTargetFirst(flags)) tellUnlessMeant(target, flags, io);
  const progress = await startProgress(io, {
    label: target.facts.label,
    quiet: flags.quiet === true,
  });
  try {
    return await checkTarget({
      target,
      profile,
      checks,
      planning,
      strict: flags.strict ?? false,
      concurrency,
      signal: interruption.signal,
      interruptedBy: interruption.by,
      onEvent(event) {
        progress.onEvent(event);
        outputs.onEvent(event);
      },
    });
  } finally {
    progress.end();
  }
}

function styleOf({ verbose = false, quiet = false }: CheckFlags, io: Io): Style {
  return { color: io.color, width: Math.max(60, Math.min(io.width, 200)), verbose, quiet };
}

function conclude(report: Report, ran: Ran, io: Io): number {
  for (const line of lastLines(report, ran)) io.err(`${line}\n`);
  return exitOf(report.outcome, report.run.interrupted);
}
