import {
  declaredSeconds,
  defineCheck,
  foreignTo,
  equals,
  inconclusive,
  notApplicable,
  STREAM_TIME_LIMIT,
  streamPromise,
  whereStreaming,
  watchTool,
  type Observation,
  type StreamRecord,
} from '../../src/kit/index.ts';
import { cadenceOf, inMilliseconds, type Cadence } from '../../src/protocol/stream-cadence.ts';
import { completenessOf, deliveryOf, NO_STREAM, type DiagnosisKind } from '../../src/protocol/stream-diagnosis.ts';
import { formatDiagnosis } from '../../src/protocol/stream-diagnosis-advice.ts';

export default defineCheck({
  id: 'stream/heartbeat',
  title: 'Heartbeats come as often as declared',
  proves:
    'A silent stream is not taken for a dead one, by clients or by anything on the way, no matter who writes the beats.',
  remedy:
    'Today the runtime declares heartbeats and sends none (D09): raise idle timeouts on the way above the longest silence.',
  section: '5',
  cites: ['runbook:5/cadence', 'D09', 'CONTRACT 6.6'],
  severity: 'should',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['stream', 'token'],
  after: ['stream/headers'],
  timeLimitMs: STREAM_TIME_LIMIT,
  applies: whereStreaming(true),

  async *run(context) {
    const promise = streamPromise(context.expect);
    const record = await watchTool(context, promise);
    const declared = declaredSeconds(record, 'x-emcp-heartbeat-seconds');
    const seconds = typeof declared === 'number' ? declared : promise.heartbeatSeconds;
    yield heartbeats(record, seconds);
  },
});

/** A buffer spoils heartbeats, and silence without one is red however the stream ends; all else wants a whole stream. */
function heartbeats(record: StreamRecord, seconds: number): Observation {
  const { frames, durationMs, exchange: seen } = record;
  const cadence = cadenceOf(frames, seconds * 1000, { from: seen.timing.firstByteMs, to: durationMs });
  const { kind, diagnosis } = deliveryOf(record);
  const completeness = completenessOf(record);
  const expected = { cadence: 'steady', seconds };
  const note = describe(cadence);
  if (kind === 'buffered') {
    return equals('observed', {
      actual: { cadence: diagnosis, seconds },
      expected,
      seen,
      note: formatDiagnosis(diagnosis),
    });
  }
  if (NO_STREAM.has(completeness)) return foreignTo('observed', record) ?? unseen(diagnosis);
  if (cadence.kind === 'not-due') return completeness === 'complete' ? neverSilent(seconds) : unseen(completeness);
  if (cadence.kind === 'steady' && kind === 'unknown' && diagnosis !== 'events-at-once') return unseen(diagnosis);
  return equals('observed', { actual: { cadence: cadence.kind, seconds }, expected, seen, note });
}

function unseen(diagnosis: DiagnosisKind): Observation {
  return inconclusive(`heartbeats cannot be seen: ${formatDiagnosis(diagnosis)}`, 'observed');
}

function neverSilent(seconds: number): Observation {
  const why = `the tool never fell silent for ${seconds} s: give it arguments that make it pause for longer`;
  return notApplicable(why, 'observed');
}

function describe({ heartbeats, median, longestSilence }: Cadence): string {
  const pace = median === undefined ? 'none' : `${heartbeats}, ${inMilliseconds(median)} between them in the middle`;
  return `heartbeats: ${pace}; longest silence ${inMilliseconds(longestSilence)}`;
}
