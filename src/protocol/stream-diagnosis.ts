import { shapeOf, type Carried, type StreamShape } from './stream-shape.ts';

export type DiagnosisKind =
  | 'refused'
  | 'gateway-timeout'
  | 'not-a-stream'
  | 'line-too-long'
  | 'flood'
  | 'never-ending'
  | 'stalled'
  | 'throttled'
  | 'cancelled'
  | 'cut-mid-event'
  | 'idle-timeout'
  | 'cut-between-events'
  | 'error-page'
  | 'no-response'
  | 'several-responses'
  | 'compressed'
  | 'proxy-buffered'
  | 'origin-buffered'
  | 'block-buffered'
  | 'clumped'
  | 'delayed'
  | 'no-heartbeats'
  | 'irregular-heartbeats'
  | 'too-short'
  | 'live';

/** Streams that are held up on the way. */
export const HELD_UP: ReadonlySet<DiagnosisKind> = new Set([
  'compressed',
  'proxy-buffered',
  'origin-buffered',
  'block-buffered',
  'clumped',
  'throttled',
]);

/** Shorter than this, a stream says nothing about how it was carried. */
const TELLING_MS = 250;
/** A connection that was silent for this long before it was cut may have been cut for its silence. */
const IDLE_MS = 450;
const MANY_SECONDS_MS = 900;
/** What PHP or a proxy collects before it passes on is at least this large. */
const SMALLEST_BLOCK = 512;

type Rule = readonly [kind: DiagnosisKind, holds: (shape: StreamShape) => boolean];

// The first rule that holds is the diagnosis: no answer, then no sound end, then what held the stream up.
const RULES: readonly Rule[] = [
  ['gateway-timeout', ({ status }) => status === 504],
  ['refused', ({ status }) => status !== 200],
  ['not-a-stream', ({ isStream }) => !isStream],
  ['line-too-long', ({ ended }) => ended === 'limit-line'],
  ['flood', ({ ended }) => ended === 'limit-bytes' || ended === 'limit-events'],
  ['throttled', isDripping],
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
  ['compressed', ({ coding }) => coding !== undefined],
  ['proxy-buffered', (shape) => allAtOnce(shape) && shape.between !== undefined && headCameWithBody(shape)],
  ['origin-buffered', allAtOnce],
  ['block-buffered', inBlocks],
  ['clumped', inClumps],
  ['too-short', ({ durationMs, events }) => durationMs < TELLING_MS || events < 2],
  ['delayed', ({ firstByteMs, longestGap }) => firstByteMs > MANY_SECONDS_MS && firstByteMs > 2 * longestGap],
  ['no-heartbeats', ({ cadence }) => cadence?.kind === 'missing'],
  ['irregular-heartbeats', ({ cadence }) => cadence !== undefined && /^(?:late|early|jittered)$/.test(cadence.kind)],
];

/** Who holds a stream up, or what ends it, from its headers and from how it arrived. */
export function diagnose(record: Carried, declaredHeartbeatMs?: number): DiagnosisKind {
  const shape = shapeOf(record, declaredHeartbeatMs);
  return RULES.find(([, holds]) => holds(shape))?.[0] ?? 'live';
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

/** Several bursts, and most of them of several frames. */
function inClumps({ bursts }: StreamShape): boolean {
  const carrying = bursts.filter(({ frames }) => frames > 0);
  const clumps = carrying.filter(({ frames }) => frames > 1);
  return clumps.length > 1 && clumps.length >= carrying.length / 2;
}
