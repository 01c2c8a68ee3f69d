import { randomBytes } from 'node:crypto';
import { resolveTarget, type TargetConfig } from '../config/target-config.ts';
import type { OptionKey } from '../config/target-options.ts';
import type { Profile } from '../model/profile.ts';
import { Blocked, Unreachable, UsageError } from '../model/errors.ts';
import type { Ids, Probes } from '../model/probes.ts';
import type { Lease, Target } from '../model/target.ts';
import { oneLine } from '../reporters/sanitise.ts';
import { withTarget } from '../targets/open.ts';
import type { TargetSettings } from '../targets/settings.ts';
import { assertMayWrite, type AllowFlag } from './allow.ts';
import { EXIT } from './exit.ts';
import { listenForInterruption } from './interruption.ts';
import type { Io } from './io.ts';
import { doctorOf, type TargetFlags } from './target-flags.ts';
import { profileFor, settingsOf } from './target-profile.ts';
import { targetSources } from './target-sources.ts';

export interface Asked {
  readonly probes: Partial<Probes>;
  readonly ids: Ids;
  readonly target: Target;
  readonly profile: Profile;
}

export interface Asking {
  /** Name of the command, under which its questions are journaled. */
  readonly command: string;
  /** It changes something: without a target only `--embedded` is meant, and production only with `--allow write`. */
  readonly writes?: boolean;
  /** What it does itself with flags that describe a target, so that the embedded server takes them, too. */
  readonly used?: readonly OptionKey[];
}

/** Where a command points and what is promised there. No check is loaded: whoever runs none waits for none. */
export interface ChosenTarget {
  readonly config: TargetConfig;
  readonly profile: Profile;
  readonly settings: TargetSettings;
}

export async function chooseTarget(flags: TargetFlags, io: Io, used: readonly OptionKey[] = []): Promise<ChosenTarget> {
  const sources = await targetSources(flags, io);
  const config = await resolveTarget(sources, used);
  const isNamed = config.kind === 'remote' && config.name !== undefined;
  const profile = await profileFor(flags, isNamed ? sources.file : undefined, io);
  return { config, profile, settings: settingsOf(config, profile) };
}

/** Acquires the probes of a target for one command, and releases them whichever way it ends. */
export async function withProbes<Result>(
  target: Target,
  { command, signal }: { readonly command: string; readonly signal: AbortSignal },
  use: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const seed = randomBytes(4).toString('hex');
  const lease = await target.lease({ check: `cli/${command}`, seed, signal, limitBlocks: true });
  try {
    return await use(lease);
  } finally {
    await lease.release();
  }
}

/** Uses the probes of a target in one command. What could not be requested ends with 3 and says what to type next. */
export async function askTarget(
  flags: TargetFlags & AllowFlag,
  io: Io,
  { command, writes = false, used = [] }: Asking,
  use: (asked: Asked) => Promise<number>,
): Promise<number> {
  const { config, profile, settings } = await chooseTarget(flags, io, used);
  if (writes && config.kind === 'embedded' && flags.embedded !== true) {
    throw new UsageError('no-target', `${command} changes something, so it wants to know where`, {
      hint: `emcp ${command} --target NAME, --url URL, or --embedded`,
    });
  }
  if (writes) assertMayWrite(config, flags);
  const interruption = listenForInterruption(io);
  try {
    return await withTarget(settings, async (target) => {
      if (config.kind === 'embedded') tellUnlessMeant(target, flags, io);
      return withProbes(target, { command, signal: interruption.signal }, async ({ probes, ids }) =>
        use({ probes, ids, target, profile }),
      );
    });
  } catch (error) {
    const by = interruption.by();
    return by === null ? exitOfNoAnswer(error, flags, io) : EXIT[by];
  } finally {
    interruption.end();
  }
}

/** Says first of all, on stderr, that the embedded server is asked where nobody said so. */
export function tellUnlessMeant({ facts }: Target, { embedded }: TargetFlags, io: Io): void {
  if (embedded !== true) io.err(`No target is given: ${facts.label}.\n`);
}

/** 3, and on stderr why and what to type next; throws on what has nothing to do with the target. */
export function exitOfNoAnswer(error: unknown, flags: TargetFlags, io: Io): number {
  if (!(error instanceof Unreachable) && !(error instanceof Blocked)) throw error;
  const kind = error instanceof Unreachable ? `${error.kind}: ` : '';
  const next = (error instanceof Blocked ? error.next : undefined) ?? doctorOf(flags);
  io.err(`emcp: ${kind}${oneLine(error.message)}\nnext: ${next}\n`);
  return EXIT.blocked;
}
