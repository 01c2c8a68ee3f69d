import {
  declaredSeconds,
  defineCheck,
  equals,
  notApplicable,
  STREAM_TIME_LIMIT,
  streamPromise,
  watchTool,
} from '../../src/kit/index.ts';
import { cadenceOf, inMilliseconds, type Cadence } from '../../src/protocol/stream-cadence.ts';
import { diagnose, HELD_UP } from '../../src/protocol/stream-diagnosis.ts';
import { inWords } from '../../src/protocol/stream-diagnosis-advice.ts';

export default defineCheck({
  id: 'stream/heartbeat',
  title: 'Heartbeats come as often as declared',
  proves: 'A silent stream is not taken for a dead one, by clients or by anything on the way.',
  remedy:
    'Today the runtime declares heartbeats and sends none (D09): raise idle timeouts on the way above the longest silence.',
  section: '5',
  cites: ['runbook:5/cadence', 'D09', 'CONTRACT 6.6'],
  severity: 'should',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['stream', 'token'],
  after: ['stream/headers'],
  timeLimit: STREAM_TIME_LIMIT,

  async *run(context) {
    const promised = streamPromise(context.expect, true);
    if ('why' in promised) {
      yield promised.why;
      return;
    }
    const record = await watchTool(context, promised.promise);
    const { frames, durationMs, exchange: seen } = record;
    const declared = declaredSeconds(record, 'x-emcp-heartbeat-seconds');
    const seconds = typeof declared === 'number' ? declared : promised.promise.heartbeatSeconds;
    const cadence = cadenceOf(frames, seconds * 1000, { from: seen.timing.firstByteMs, to: durationMs });
    const carried = diagnose(record);
    const expected = { cadence: 'steady', seconds };
    if (HELD_UP.has(carried)) {
      yield equals('observed', { actual: { cadence: carried, seconds }, expected, seen, note: inWords(carried) });
    } else if (cadence.kind === 'not-due') {
      yield notApplicable(
        `the tool never fell silent for ${seconds} s: give it arguments that make it pause for longer`,
      );
    } else {
      const note = describe(cadence);
      yield equals('observed', { actual: { cadence: cadence.kind, seconds }, expected, seen, note });
    }
  },
});

function describe({ heartbeats, median, longestSilence }: Cadence): string {
  const pace = median === undefined ? 'none' : `${heartbeats}, ${inMilliseconds(median)} between them in the middle`;
  return `heartbeats: ${pace}; longest silence ${inMilliseconds(longestSilence)}`;
}
