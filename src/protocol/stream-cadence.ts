import type { StreamFrame } from '../model/probes.ts';

/** How heartbeats came, compared with the interval that was declared. */
export type CadenceKind =
  | 'steady'
  | 'missing'
  | 'late'
  | 'early'
  | 'jittered'
  /** The stream was never silent for long enough to ask for one. */
  | 'not-due';

export interface Cadence {
  readonly kind: CadenceKind;
  readonly heartbeats: number;
  /** Milliseconds between heartbeats: the middle one, the shortest and the longest. */
  readonly median: number | undefined;
  readonly shortest: number | undefined;
  readonly longest: number | undefined;
  readonly longestSilence: number;
}

/** A heartbeat may be this much later than declared before its absence says anything. */
const DUE = 1.4;
/** How far the middle interval may be from the declared one, and any single interval. */
const OFF_BEAT = 0.25;
const JITTER = 0.5;

/** Comments are heartbeats; `from` and `to` are when the stream began and ended. */
export function cadenceOf(
  frames: readonly StreamFrame[],
  declaredMs: number,
  { from, to }: { readonly from: number; readonly to: number },
): Cadence {
  const times = [from, ...frames.map(({ at }) => at), to];
  const longestSilence = Math.max(...intervals(times));
  const heartbeats = frames.filter(({ kind }) => kind === 'comment').length;
  const between = heartbeatIntervals(frames, from);
  const sorted = between.toSorted((left, right) => left - right);
  const median = middle(sorted);
  const [shortest, longest] = [sorted[0], sorted.at(-1)];
  const kind = kindOf({ heartbeats, median, shortest, longest, longestSilence }, declaredMs);
  return { kind, heartbeats, median, shortest, longest, longestSilence };
}

function kindOf(seen: Omit<Cadence, 'kind'>, declared: number): CadenceKind {
  const { median, shortest = 0, longest = 0, longestSilence } = seen;
  if (median === undefined) return longestSilence >= declared * DUE ? 'missing' : 'not-due';
  if (median > declared * (1 + OFF_BEAT)) return 'late';
  if (median < declared * (1 - OFF_BEAT)) return 'early';
  const furthest = Math.max(longest - declared, declared - shortest);
  return furthest > declared * JITTER ? 'jittered' : 'steady';
}

/**
 * A server beats by a clock, or after so much silence. Both readings are made where events come in between, and the
 * steadier one is taken.
 */
function heartbeatIntervals(frames: readonly StreamFrame[], from: number): readonly number[] {
  const byClock: number[] = [];
  const bySilence: number[] = [];
  let beat = from;
  let last = from;
  for (const { kind, at } of frames) {
    if (kind === 'comment') {
      byClock.push(at - beat);
      bySilence.push(at - last);
      beat = at;
    }
    last = at;
  }
  return spread(bySilence) < spread(byClock) ? bySilence : byClock;
}

function spread(values: readonly number[]): number {
  const centre = middle(values.toSorted((left, right) => left - right));
  if (centre === undefined) return 0;
  return middle(values.map((value) => Math.abs(value - centre)).toSorted((left, right) => left - right)) ?? 0;
}

function middle(sorted: readonly number[]): number | undefined {
  const half = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}

function intervals(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

export function inMilliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}
