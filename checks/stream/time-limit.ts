import {
  declaredSeconds,
  defineCheck,
  foreignTo,
  holds,
  inconclusive,
  STREAM_TIME_LIMIT,
  streamPromise,
  whereStreaming,
  watchTool,
} from '../../src/kit/index.ts';
import { completenessOf, NO_STREAM, type Completeness } from '../../src/protocol/stream-diagnosis.ts';
import { formatDiagnosis } from '../../src/protocol/stream-diagnosis-advice.ts';

/** What a stream may take longer than declared: the network, and the last event. */
const GRACE_MS = 500;

/** The target ended these by itself, whatever else is wrong with them. */
const ENDED_BY_TARGET: ReadonlySet<Completeness> = new Set(['complete', 'error-page', 'several-responses']);

export default defineCheck({
  id: 'stream/time-limit',
  title: 'A stream ends within its declared maximum',
  proves: 'A stream that hangs does not keep a PHP process for good.',
  remedy:
    'Today the maximum is declared and not enforced (D09): limit the tool itself, or `request_terminate_timeout`.',
  section: '5',
  cites: ['runbook:5/constraints', 'D09', 'CONTRACT 6.6'],
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
    const declared = declaredSeconds(record, 'x-emcp-stream-max-seconds');
    const seconds = typeof declared === 'number' ? declared : promise.maxSeconds;
    const inTime = record.durationMs <= seconds * 1000 + GRACE_MS;
    const completeness = completenessOf(record);
    // What ends early without its response a proxy may have ended; at the maximum it is what the maximum is for.
    const isEnforced = completeness === 'no-response' && record.durationMs >= seconds * 1000 - GRACE_MS;
    // A body without an event is nobody's stream.
    const isSeen =
      (ENDED_BY_TARGET.has(completeness) || isEnforced) && record.frames.some(({ kind }) => kind === 'event');
    if (completeness !== 'complete' && (NO_STREAM.has(completeness) || (inTime && !isSeen))) {
      const why = `the target was not seen to end a stream: ${formatDiagnosis(completeness)}`;
      yield foreignTo('ended-in-time', record) ?? inconclusive(why, 'ended-in-time');
      return;
    }
    yield holds('ended-in-time', {
      actual: inTime ? 'ended in time' : `still running after ${seconds} s`,
      expected: `an end within ${seconds} s`,
      held: inTime,
      seen: record,
    });
  },
});
