import {
  defineCheck,
  equals,
  mediaType,
  refusal,
  STREAM_TIME_LIMIT,
  streamPromise,
  whereStreaming,
  watchTool,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'stream/disabled',
  title: 'While streaming is off, a streaming tool is refused',
  proves: 'A deployment that cannot carry streams does not leave its clients waiting for one.',
  remedy: 'Look at `stream.enabled` of the server entry (it wins) and of eMCP.',
  section: '5',
  cites: ['runbook:5/disabled', 'CONTRACT 6.6'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['stream', 'token'],
  timeLimitMs: STREAM_TIME_LIMIT,
  applies: whereStreaming(false),

  async *run(context) {
    const promise = streamPromise(context.expect);
    const record = await watchTool(context, promise);
    const { exchange } = record;
    yield refusal('refused', { reply: exchange, status: 403, code: 'streaming_disabled' });
    yield equals('nothing-streamed', {
      actual: { frames: record.frames.length, mediaType: mediaType(exchange) ?? 'none' },
      expected: { frames: 0, mediaType: 'application/json' },
      seen: exchange,
    });
  },
});
