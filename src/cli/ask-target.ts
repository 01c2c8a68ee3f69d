import { randomBytes } from 'node:crypto';
import type { Profile } from '../model/profile.ts';
import { Blocked, Unreachable, UsageError } from '../model/errors.ts';
import type { Ids, Probes } from '../model/probes.ts';
import type { Target } from '../model/target.ts';
import { oneLine } from '../reporters/sanitise.ts';
import { withTarget } from '../targets/open.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { prepare } from './run-profile.ts';
import type { TargetFlags } from './target-flags.ts';

export interface Asked {
  readonly probes: Partial<Probes>;
  readonly ids: Ids;
  readonly target: Target;
  readonly profile: Profile;
}

export interface Asking {
  /** Name of the command, under which its questions are journaled. */
  readonly command: string;
  /** Without a target, the embedded server is not asked unless `--embedded` says so. */
  readonly targetNeeded?: boolean;
}

/** Lends the probes of a target to one command. What could not be asked ends with 3 and says what to type next. */
export async function askTarget(
  flags: TargetFlags,
  io: Io,
  { command, targetNeeded = false }: Asking,
  use: (asked: Asked) => Promise<number>,
): Promise<number> {
  const { config, profile } = await prepare(flags, io);
  if (targetNeeded && config.kind === 'embedded' && flags.embedded !== true) {
    throw new UsageError('no-target', `${command} changes something, so it wants to know where`, {
      hint: `emcp ${command} --target NAME, --url URL, or --embedded`,
    });
  }
  const settings = config.kind === 'embedded' ? { kind: 'embedded' as const, settings: profile.settings } : config;
  const stop = new AbortController();
  const ignoreSignals = io.onSignal((signal) => stop.abort(signal));
  try {
    return await withTarget(settings, async (target) => {
      if (config.kind === 'embedded' && flags.embedded !== true) io.err(`No target is given: ${target.facts.label}.\n`);
      const lease = await target.lease({
        check: `cli/${command}`,
        seed: randomBytes(4).toString('hex'),
        signal: stop.signal,
      });
      try {
        return await use({ probes: lease.probes, ids: lease.ids, target, profile });
      } finally {
        await lease.release();
      }
    });
  } catch (error) {
    if (stop.signal.aborted) return stop.signal.reason === 'SIGTERM' ? EXIT.SIGTERM : EXIT.SIGINT;
    if (!(error instanceof Unreachable) && !(error instanceof Blocked)) throw error;
    const kind = error instanceof Unreachable ? `${error.kind}: ` : '';
    io.err(`emcp: ${kind}${oneLine(error.message)}\nnext: emcp doctor\n`);
    return EXIT.blocked;
  } finally {
    ignoreSignals();
  }
}
