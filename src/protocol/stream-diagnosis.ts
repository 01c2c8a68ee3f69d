import { shapeOf, type ReceivedStream, type StreamShape } from './stream-shape.ts';

/** What came instead of a whole stream: one that ends in good order, with exactly one response. */
type IncompleteKind =
  | 'gateway-timeout'
  | 'refused'
  | 'not-a-stream'
  | 'line-too-long'
  | 'flood'
  | 'stalled'
  | 'never-ending'
  | 'cancelled'
  | 'error-page'
  | 'cut-mid-event'
  | 'idle-timeout'
  | 'cut-between-events'
  | 'no-response'
  | 'several-responses';

type BufferedKind = 'throttled' | 'compressed' | 'proxy-buffered' | 'origin-buffered' | 'block-buffered' | 'clumped';

export type Completeness = 'complete' | IncompleteKind;

/** How a stream was delivered, whether it is complete or not; `unknown` where too little came to tell. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly diagnosis: 'live' | 'delayed' }
  | { readonly kind: 'buffered'; readonly diagnosis: BufferedKind }
  | { readonly kind: 'unknown'; readonly diagnosis: IncompleteKind | 'too-short' | 'events-at-once' };

export type DiagnosisKind = IncompleteKind | Delivery['diagnosis'] | 'no-heartbeats' | 'irregular-heartbeats';

/** Shorter than this, a stream says nothing about how it was delivered. */
const TELLING_MS = 250;
/** A connection that was silent for this long before it was cut may have been cut for its silence. */
const IDLE_MS = 450;
const MANY_SECONDS_MS = 900;
/** What PHP or a proxy collects before it passes on is at least this large. */
const SMALLEST_BLOCK = 512;

type Rule<Kind> = readonly [kind: Kind, holds: (shape: StreamShape) => boolean];

// Of each table the first rule that holds counts.
const INCOMPLETE: readonly Rule<IncompleteKind>[] = [
  ['gateway-timeout', ({ status }) => status === 504 || status === 524],
  ['refused', ({ status }) => status !== 200],
  ['not-a-stream', ({ isStream }) => !isStream],
  ['line-too-long', ({ ended }) => ended === 'limit-line'],
  ['flood', ({ ended }) => ended === 'limit-bytes' || ended === 'limit-events'],
  [
    'stalled',
    (shape) => shape.ended === 'limit-seconds' && shape.silenceAtEnd > 2 * shape.longestGap + MANY_SECONDS_MS,
  ],
  ['never-ending', ({ ended }) => ended === 'limit-seconds'],
  ['cancelled', ({ ended }) => ended === 'cancelled'],
  ['error-page', ({ malformed, responses }) => malformed > 0 && responses === 0],
  ['cut-mid-event', ({ unfinished }) => unfinished],
  ['idle-timeout', isCutForSilence],
  ['cut-between-events', ({ ended }) => ended === 'cut'],
  ['no-response', ({ responses }) => responses === 0],
  ['several-responses', ({ responses }) => responses > 1],
];

const BUFFERED: readonly Rule<BufferedKind>[] = [
  ['throttled', isDripping],
  ['compressed', ({ coding }) => coding !== undefined],
  ['proxy-buffered', (shape) => allAtOnce(shape) && shape.between !== undefined && headCameWithBody(shape)],
  ['origin-buffered', allAtOnce],
  ['block-buffered', inBlocks],
  ['clumped', inClumps],
];

/** Nothing was streamed, so that there is neither a delivery nor an end to judge. */
export const NO_STREAM: ReadonlySet<Completeness | DiagnosisKind> = new Set([
  'gateway-timeout',
  'refused',
  'not-a-stream',
]);
/** What ends a stream is printed before how it was delivered, but for a drip, which explains most ends; not these. */
const BEFORE_A_DRIP: ReadonlySet<Completeness | DiagnosisKind> = new Set<Completeness | DiagnosisKind>([
  ...NO_STREAM,
  'line-too-long',
  'flood',
]);

/** Whether a stream ended in good order with one response, and what is missing where it did not. */
export function completenessOf(record: ReceivedStream): Completeness {
  return completenessIn(shapeOf(record, undefined));
}

/** Whether events arrived as they were made. That its end or its response is missing excuses no buffer. */
export function deliveryOf(record: ReceivedStream): Delivery {
  const shape = shapeOf(record, undefined);
  return deliveryIn(shape, completenessIn(shape));
}

/** The one thing to show people: what ends a stream, else what buffers it, else its heartbeats. */
export function diagnose(record: ReceivedStream, declaredHeartbeatMs?: number): DiagnosisKind {
  const shape = shapeOf(record, declaredHeartbeatMs);
  const completeness = completenessIn(shape);
  const { diagnosis } = deliveryIn(shape, completeness);
  if (diagnosis === 'throttled' && !BEFORE_A_DRIP.has(completeness)) return diagnosis;
  if (completeness !== 'complete') return completeness;
  if (diagnosis !== 'live' && diagnosis !== 'events-at-once') return diagnosis;
  if (shape.cadence?.kind === 'missing') return 'no-heartbeats';
  return /^(?:late|early|jittered)$/.test(shape.cadence?.kind ?? '') ? 'irregular-heartbeats' : diagnosis;
}

function completenessIn(shape: StreamShape): Completeness {
  return INCOMPLETE.find(([, holds]) => holds(shape))?.[0] ?? 'complete';
}

function deliveryIn(shape: StreamShape, completeness: Completeness): Delivery {
  const unknown = completeness === 'complete' ? 'too-short' : completeness;
  if (NO_STREAM.has(completeness)) return { kind: 'unknown', diagnosis: unknown };
  const buffered = BUFFERED.find(([, holds]) => holds(shape))?.[0];
  if (buffered !== undefined) return { kind: 'buffered', diagnosis: buffered };
  if (shape.durationMs < TELLING_MS || times(shape, 'frames') < 2) return { kind: 'unknown', diagnosis: unknown };
  if (times(shape, 'events') < 2) return { kind: 'unknown', diagnosis: 'events-at-once' };
  return { kind: 'delivered', diagnosis: isDelayed(shape) ? 'delayed' : 'live' };
}

/** How often some of these arrived; only what came at different times was not collected. */
function times({ bursts }: StreamShape, of: 'frames' | 'events'): number {
  return bursts.filter((burst) => burst[of] > 0).length;
}

function isDelayed({ firstByteMs, longestGap }: StreamShape): boolean {
  return firstByteMs > MANY_SECONDS_MS && firstByteMs > 2 * longestGap;
}

/** Far more arrivals than frames, each of a few bytes. */
function isDripping({ bursts, events }: StreamShape): boolean {
  const pieces = bursts.filter(({ cutsFrame, frames }) => cutsFrame || frames === 0);
  const small = pieces.filter(({ bytes }) => bytes < 64);
  return small.length >= 4 && small.length > 2 * events && small.length > bursts.length / 2;
}

/** The connection ended without a response, after a silence as long as any before it. */
function isCutForSilence({ ended, chunkedEnd, responses, silenceAtEnd, longestGap }: StreamShape): boolean {
  const wasCut = ended === 'cut' || (!chunkedEnd && responses === 0);
  return wasCut && silenceAtEnd >= IDLE_MS && silenceAtEnd >= longestGap;
}

function allAtOnce({ bursts, events, durationMs }: StreamShape): boolean {
  const carrying = bursts.filter(({ frames }) => frames > 0);
  const [only] = carrying;
  return carrying.length === 1 && events > 1 && durationMs >= TELLING_MS && (only?.at ?? 0) > 0.8 * durationMs;
}

function headCameWithBody({ firstByteMs, bursts }: StreamShape): boolean {
  const first = bursts[0]?.at ?? firstByteMs;
  return first - firstByteMs < 0.2 * first;
}

/** Equal blocks that pay no heed to where frames end. */
function inBlocks({ bursts }: StreamShape): boolean {
  const blocks = bursts.slice(0, -1);
  const size = blocks[0]?.bytes ?? 0;
  return (
    size >= SMALLEST_BLOCK &&
    blocks.some(({ cutsFrame }) => cutsFrame) &&
    blocks.every(({ bytes }) => bytes % SMALLEST_BLOCK === 0 && bytes % size === 0)
  );
}

/** Several bursts, and most of those with events of several. */
function inClumps({ bursts }: StreamShape): boolean {
  const carrying = bursts.filter(({ events }) => events > 0);
  const clumps = carrying.filter(({ events }) => events > 1);
  return clumps.length > 1 && clumps.length >= carrying.length / 2;
}
