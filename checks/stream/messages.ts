import {
  defineCheck,
  equals,
  holds,
  STREAM_REQUEST_ID,
  STREAM_TIME_LIMIT,
  streamPromise,
  whereStreaming,
  watchTool,
} from '../../src/kit/index.ts';
import { diagnose } from '../../src/protocol/stream-diagnosis.ts';
import { formatDiagnosis } from '../../src/protocol/stream-diagnosis-advice.ts';
import { messagesOf } from '../../src/protocol/stream-messages.ts';

export default defineCheck({
  id: 'stream/messages',
  title: 'A stream is whole: valid frames, notifications first, then exactly one result, then its end',
  proves: 'A client that follows the event stream and JSON-RPC formats gets its result.',
  remedy: 'Search the logs of PHP and the proxy by the trace id: a failure in a stream can only cut or append text.',
  section: '5',
  cites: ['runbook:5/sse', 'CONTRACT 6.6', 'CONTRACT 12.3'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['stream', 'token'],
  after: ['stream/headers'],
  timeLimitMs: STREAM_TIME_LIMIT,
  applies: whereStreaming(true),

  async *run(context) {
    const promise = streamPromise(context.expect);
    const record = await watchTool(context, promise);
    const { frames, ended, unfinished, exchange: seen } = record;
    const { messages, responses, outcomes, afterResponse } = messagesOf(frames);
    const note = formatDiagnosis(diagnose(record));
    const malformed = frames.filter(({ kind }) => kind === 'malformed').length;
    yield equals('well-framed', {
      actual: { malformed, unfinished },
      expected: { malformed: 0, unfinished: false },
      seen,
      note,
    });
    const strange = messages.filter((message) => message === null).length;
    yield holds('messages', {
      actual: { events: messages.length, strange },
      expected: 'every event is one JSON-RPC message',
      held: messages.length > 0 && strange === 0,
      seen,
    });
    yield equals('one-response', { actual: responses, expected: [STREAM_REQUEST_ID], seen, note });
    yield equals('result', { actual: outcomes, expected: ['result'], seen });
    yield equals('response-last', { actual: { after: afterResponse }, expected: { after: 0 }, seen });
    yield equals('ended', { actual: ended, expected: 'closed', seen, note });
  },
});
