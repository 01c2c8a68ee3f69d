import {
  defineCheck,
  foreignTo,
  holds,
  inconclusive,
  STREAM_TIME_LIMIT,
  streamPromise,
  whereStreaming,
  watchTool,
} from '../../src/kit/index.ts';
import { deliveryOf } from '../../src/protocol/stream-diagnosis.ts';
import { formatDiagnosis } from '../../src/protocol/stream-diagnosis-advice.ts';

export default defineCheck({
  id: 'stream/live',
  title: 'Events arrive as they are made',
  proves: 'Progress reaches the client while there is progress, through PHP and every proxy.',
  remedy:
    'Set `output_buffering = 0` for PHP and `proxy_buffering off` for the MCP routes; the note names who buffers.',
  section: '5',
  cites: ['runbook:5/buffering', 'D09', 'CONTRACT 6.6'],
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
    const { kind, diagnosis } = deliveryOf(record);
    const note = formatDiagnosis(diagnosis);
    if (kind === 'unknown') {
      const why = `how the stream is delivered cannot be seen: ${note}`;
      yield foreignTo('arrival', record) ?? inconclusive(why, 'arrival');
      return;
    }
    yield holds('arrival', {
      actual: diagnosis,
      expected: 'delivered as it is made',
      held: kind === 'delivered',
      seen: record,
      note,
    });
  },
});
