import type { AnyCheck } from '../model/check.ts';
import { Blocked, ProtocolError, Unreachable } from '../model/errors.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Observation } from '../model/observation.ts';
import type { Lent, Target } from '../model/target.ts';
import type { Ending } from '../model/verdict.ts';
import { raceAbort, settleWithin, Stopped } from './race.ts';
import { startTimeLimit } from './time-limit.ts';

const DEFAULT_TIME_LIMIT_MS = 30_000;
const CLEANUP_MS = 500;

export interface ObserveInput {
  readonly check: AnyCheck;
  readonly target: Target;
  readonly expect: Expectations;
  readonly seed: string;
  readonly signal: AbortSignal;
  readonly timeLimitMs: number | undefined;
  readonly onObservation: (observation: Observation) => void;
}

export interface Observed {
  readonly observations: readonly Observation[];
  readonly ending: Ending;
  readonly stack?: string;
}

/** Lends the probes, takes what the check yields until it ends or is stopped, and always gives the probes back. */
export async function observeCheck(input: ObserveInput): Promise<Observed> {
  const { check, target, signal } = input;
  const lending = target.lend({ check: check.id, seed: input.seed, signal });
  try {
    return await takeObservations(input, await raceAbort(lending, signal));
  } catch (error) {
    return { observations: [], ...endingOf(error, target) };
  } finally {
    // Also when the run was stopped before the probes were there: what is lent late is given back as well.
    const givenBack = lending.then((lent: Lent) => lent.release());
    await settleWithin(givenBack, CLEANUP_MS);
  }
}

async function takeObservations(input: ObserveInput, lent: Lent): Promise<Observed> {
  const { check, target, expect } = input;
  const limit = startTimeLimit(input.timeLimitMs ?? check.timeLimit ?? DEFAULT_TIME_LIMIT_MS, lent.clock, input.signal);
  const observations: Observation[] = [];
  const keep = (observation: Observation): void => {
    const kept = target.redactor.json(observation);
    observations.push(kept);
    input.onObservation(kept);
  };
  const running = check.run({
    ...probesFor(check, lent),
    expect,
    clock: limit.clock,
    ids: lent.ids,
    signal: limit.signal,
  });
  try {
    for (;;) {
      const step = await raceAbort(running.next(), limit.signal);
      if (step.done) return { observations, ending: { kind: 'completed' } };
      keep(step.value);
    }
  } catch (error) {
    if (error instanceof ProtocolError) {
      keep(failedPrecondition(error));
      return { observations, ending: { kind: 'completed' } };
    }
    return { observations, ...endingOf(error, target) };
  } finally {
    limit.end();
    await settleWithin(running.return(), CLEANUP_MS);
  }
}

/** A check gets what it named and nothing else, so that its metadata is the truth about it. */
function probesFor(check: AnyCheck, lent: Lent): Lent['probes'] {
  const named = [...check.needs, ...(check.optional ?? [])];
  return Object.fromEntries(named.map((name) => [name, lent.probes[name]]));
}

function failedPrecondition(error: ProtocolError): Observation {
  return {
    kind: 'fact',
    slug: 'precondition',
    held: false,
    actual: error.message,
    expected: 'a JSON-RPC result',
    seen: [error.exchange.evidence],
  };
}

function endingOf(error: unknown, target: Target): Pick<Observed, 'ending' | 'stack'> {
  const redact = (text: string): string => target.redactor.text(text);
  if (error instanceof Unreachable)
    return { ending: { kind: 'blocked', reason: redact(`${error.kind}: ${error.message}`) } };
  if (error instanceof Blocked || error instanceof Stopped)
    return { ending: { kind: 'blocked', reason: redact(error.message) } };
  const known = error instanceof Error ? error : new Error(String(error));
  return {
    ending: { kind: 'crashed', reason: redact(`${known.name}: ${known.message}`) },
    ...(known.stack === undefined ? {} : { stack: redact(known.stack) }),
  };
}
