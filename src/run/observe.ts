import { setImmediate } from 'node:timers/promises';
import type { AnyCheck, CheckMeta } from '../model/check.ts';
import { Blocked, describeThrown, ProtocolError, Stopped, Unreachable } from '../model/errors.ts';
import type { AnsweredBy } from '../model/answered-by.ts';
import { answererOf } from '../model/journal-entry.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Expectations } from '../model/expectations.ts';
import { foreignTo } from '../model/foreign.ts';
import { observation, type Fact, type Observation } from '../model/observation.ts';
import { requestsIn, type RequestCount } from '../model/requests.ts';
import type { Lease, Target } from '../model/target.ts';
import type { Ending } from '../model/verdict.ts';
import { raceAbort, settleWithin } from '../boundary/race.ts';
import { timeLimitOf, waitsOfCheck } from '../model/check-time.ts';
import { blaming, straysTold } from '../boundary/strays.ts';
import { startTimeLimit, type TimeLimit } from './time-limit.ts';

const CLEANUP_MS = 500;
const MOST_OBSERVATIONS = 10_000;
const BETWEEN_TURNS = 100;
/** More than it takes to kill a process that does not want to end. */
const RELEASE_MS = 2000;

export interface ObserveInput {
  readonly meta: CheckMeta;
  readonly load: () => Promise<AnyCheck>;
  readonly target: Target;
  readonly expect: Expectations;
  readonly seed: string;
  readonly signal: AbortSignal;
  /** Requests it may send, by bucket. */
  readonly budget: RequestCount;
  readonly onObservation: (observation: Observation) => void;
}

export interface Observed {
  readonly observations: readonly Observation[];
  readonly ending: Ending;
  readonly intermittent: readonly string[];
  readonly stack?: string;
}

/**
 * All of one check within one boundary and under one signal: it is loaded, gets its probes, yields until it ends or is
 * stopped, and gives the probes back. Whatever goes wrong is its own result; once it is over, nothing is sent any more.
 */
export async function observeCheck(input: ObserveInput): Promise<Observed> {
  const { meta, target, seed, budget } = input;
  const limitMs = timeLimitOf(meta, target.facts, requestsIn(budget));
  const { limiterSeconds, tasksSeconds } = waitsOfCheck(meta, input.expect);
  const waitsMs = (limiterSeconds + tasksSeconds) * 1000;
  const advice =
    target.facts.kind === 'remote' ? { advice: `--timeout ${Math.ceil(limitMs / 1000)} makes it longer` } : {};
  const limit = startTimeLimit({ limitMs, waitsMs, ...advice }, input.signal);
  const observations: Observation[] = [];
  let leasing: Promise<Lease> | undefined;
  let lease: Lease | undefined;
  const stray = new AbortController();
  let ended: Pick<Observed, 'ending' | 'stack'> = { ending: { kind: 'completed' } };
  try {
    const check = await raceAbort(input.load(), limit.signal);
    const limitBlocks = meta.impact !== 'load';
    leasing = target.lease({ check: meta.id, seed, signal: limit.signal, budget, limitBlocks });
    const own = await raceAbort(leasing, limit.signal);
    lease = own;
    const signal = AbortSignal.any([own.signal, stray.signal]);
    await blaming(stray, () => takeObservations(check, { input, lease: own, limit, signal, observations }));
  } catch (error) {
    ended = endingOf(error, { limit, target });
  } finally {
    limit.end();
    // Also when it was stopped before the probes were there: what is acquired late is released as well.
    if (leasing !== undefined)
      await settleWithin(
        leasing.then((late) => late.release()),
        RELEASE_MS,
      );
  }
  const { overBudget, intermittent = [] } = lease?.usage() ?? {};
  if (stray.signal.aborted && limit.stoppedBy() === undefined) ended = endingOf(stray.signal.reason, { limit, target });
  // A check that swallowed the refusal of its own request is no less wrong.
  if (overBudget !== undefined) ended = { ...ended, ending: { kind: 'crashed', reason: overBudget } };
  return { observations, intermittent, ...ended };
}

interface Taking {
  readonly input: ObserveInput;
  readonly lease: Lease;
  readonly limit: TimeLimit;
  /** Aborted when the lease is over or overdrawn, and by an error of the check that nobody waited for. */
  readonly signal: AbortSignal;
  readonly observations: Observation[];
}

async function takeObservations(check: AnyCheck, taking: Taking): Promise<void> {
  const { input, lease, limit, signal, observations } = taking;
  const keep = (value: unknown): void => {
    const read = readObservation(value, lease.usage().entries);
    const { redactor } = input.target;
    const short = (text: string): string => cut(redactor.text(text), LONGEST_VALUE);
    const redacted = redactor.shaped(read.kind === 'fact' ? ofItsAnswerers(read, input) : read, short);
    const kept = 'reason' in redacted ? { ...redacted, reason: cut(redacted.reason, LONGEST_REASON) } : redacted;
    observations.push(kept);
    input.onObservation(kept);
  };
  const running: unknown = check.run({
    ...probesFor(check, lease),
    expect: input.expect,
    clock: held(limit.pausing(lease.clock)),
    ids: lease.ids,
    signal,
  });
  if (!isAsyncGenerator(running)) {
    throw new TypeError('run of the check is no async generator: write it as async *run(context) { yield … }');
  }
  try {
    for (;;) {
      const step = await raceAbort(running.next(), signal);
      if (step.done === true) break;
      keep(step.value);
      if (observations.length > MOST_OBSERVATIONS)
        throw new TypeError(`the check yields more than ${MOST_OBSERVATIONS}`);
      // A check that never waits must not keep time and signals from coming.
      if (observations.length % BETWEEN_TURNS === 0) await setImmediate();
    }
    await raceAbort(straysTold(), signal);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    keep(precondition(error));
  } finally {
    limit.end();
    await settleWithin(running.return(), CLEANUP_MS);
  }
}

/** What an own check's `run` gives may be anything. */
function isAsyncGenerator(value: unknown): value is AsyncGenerator<unknown, void, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'return' in value;
}

/** What a check yields is an observation, and a fact was read from entries that are there. */
function readObservation(value: unknown, entries: number): Observation {
  const parsed = observation.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.path.map(String).join('.') ?? '';
    throw new TypeError(`the check yields no observation: ${key === '' ? '' : `${key}: `}${issue?.message ?? ''}`);
  }
  const seen = 'seen' in parsed.data ? (parsed.data.seen ?? []) : [];
  const unknown = seen.find((number) => number > entries);
  if (unknown !== undefined) {
    throw new TypeError(`the check yields an observation read from entry ${unknown}, and there are ${entries}`);
  }
  if (parsed.data.kind === 'fact' && seen.length === 0) {
    throw new TypeError(`the check yields the fact ${parsed.data.slug} without anything it was read from`);
  }
  if ('reason' in parsed.data && parsed.data.reason.trim() === '') {
    throw new TypeError('the check yields an observation without a reason');
  }
  return parsed.data;
}

/** Whatever a foreign answer looks like, it says nothing about a claim of somebody else. */
function ofItsAnswerers(read: Fact, { target, meta }: ObserveInput): Observation {
  const own = target.journal().filter(({ check }) => check === meta.id);
  const answerers = new Map(own.map((entry) => [entry.sequence, answererOf(entry)]));
  const answers = read.seen.map((number) => answerOf(number, answerers.get(number), read.by));
  return foreignTo(read.slug, answers, read.by) ?? read;
}

/** Whoever may answer is not looked at any closer. */
function answerOf(evidence: number, who: AnsweredBy | undefined, by: readonly string[] = ['emcp']): Evidence {
  return who === undefined || by.includes(who.kind) ? { evidence } : { evidence, answeredBy: who };
}

/** A check gets what it named and nothing else, so that its metadata is the truth about it. */
function probesFor(check: AnyCheck, lease: Lease): Lease['probes'] {
  const named = [...check.needs, ...(check.optional ?? [])];
  return Object.fromEntries(named.map((name) => [name, heldIfThere(lease.probes[name])]));
}

function heldIfThere<Probe extends object>(probe: Probe | undefined): Probe | undefined {
  return probe === undefined ? undefined : held(probe);
}

/** The same probe: what a check does not wait for, or not yet, ends with it and harms nobody else. */
function held<Probe extends object>(probe: Probe): Probe {
  return new Proxy(probe, {
    get(whole, key) {
      const value: unknown = Reflect.get(whole, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, whole, given);
        if (result instanceof Promise) result.catch(() => undefined);
        return result;
      };
    },
  });
}

/** A prerequisite that was refused is a failure. */
function precondition({ message, exchange }: ProtocolError): Observation {
  const seen = [exchange.evidence];
  return { kind: 'fact', slug: 'precondition', held: false, actual: message, expected: 'a JSON-RPC result', seen };
}

/** Characters of one text of a fact, and of a reason; whoever gave it may have quoted a target at length. */
const LONGEST_VALUE = 16_384;
const LONGEST_REASON = 600;

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

interface Around {
  readonly limit: TimeLimit;
  readonly target: Target;
}

function endingOf(error: unknown, around: Around): Pick<Observed, 'ending' | 'stack'> {
  try {
    return endingBy(error, around);
  } catch {
    // Not even its kind can be asked.
    return { ending: { kind: 'crashed', reason: describeThrown(error).reason } };
  }
}

function endingBy(error: unknown, { limit, target }: Around): Pick<Observed, 'ending' | 'stack'> {
  const redact = (text: string): string => cut(target.redactor.text(text), LONGEST_REASON);
  const stoppedBy = limit.stoppedBy();
  if (stoppedBy !== undefined) return { ending: { kind: 'blocked', reason: redact(stoppedBy) } };
  if (error instanceof Unreachable) {
    return { ending: { kind: 'blocked', reason: redact(`${error.kind}: ${error.message}`) } };
  }
  if (error instanceof Blocked || error instanceof Stopped)
    return { ending: { kind: 'blocked', reason: redact(error.message) } };
  const { reason, stack } = describeThrown(error);
  return {
    ending: { kind: 'crashed', reason: redact(reason) },
    ...(stack === undefined ? {} : { stack: target.redactor.text(stack) }),
  };
}
