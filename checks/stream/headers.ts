import {
  declaredSeconds,
  defineCheck,
  equals,
  header,
  headers,
  holds,
  mediaType,
  notApplicable,
  STREAM_TIME_LIMIT,
  streamPromise,
  whereStreaming,
  watchTool,
  type Exchange,
  type Observation,
  type Seeing,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'stream/headers',
  title: 'A stream is declared as one, with its limits, and forbids everyone on the way to hold it up',
  proves: 'Clients and proxies are told what they need to carry and to follow a stream.',
  remedy: 'Compare `stream` of the server entry (it wins over eMCP) with the profile; a proxy must not compress.',
  section: '5',
  cites: ['runbook:5/sse', 'runbook:5/cadence', 'CONTRACT 6.6'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/call': 1 },
  needs: ['stream', 'token'],
  timeLimitMs: STREAM_TIME_LIMIT,
  applies: whereStreaming(true),

  async *run(context) {
    const promise = streamPromise(context.expect);
    const record = await watchTool(context, promise);
    const { exchange: seen } = record;
    yield equals('media-type', {
      actual: { status: seen.status, mediaType: mediaType(seen) ?? 'none' },
      expected: { status: 200, mediaType: 'text/event-stream' },
      seen,
    });
    yield cacheControl(seen);
    yield buffering(seen);
    yield equals('max-seconds', {
      actual: declaredSeconds(record, 'x-emcp-stream-max-seconds'),
      expected: promise.maxSeconds,
      seen,
    });
    yield equals('heartbeat-seconds', {
      actual: declaredSeconds(record, 'x-emcp-heartbeat-seconds'),
      expected: promise.heartbeatSeconds,
      seen,
    });
    yield equals('not-compressed', {
      actual: header(seen, 'content-encoding')?.toLowerCase() ?? 'identity',
      expected: 'identity',
      seen,
    });
  },
});

/** The session middleware adds directives of its own, in another header of the name (contract §6.6). */
function cacheControl(seen: Exchange): Seeing {
  const directives = headers(seen, 'cache-control').flatMap((value) => value.toLowerCase().split(','));
  const given = [...new Set(directives.map((directive) => directive.trim()))].toSorted();
  const expected = ['no-cache', 'no-transform'];
  const held = expected.every((directive) => given.includes(directive));
  return holds('cache-control', { actual: given, expected: { contains: expected }, held, seen });
}

/** nginx obeys the header and keeps it to itself, and a proxy in front of nginx has a name of its own. */
function buffering(seen: Exchange): Observation {
  if (headers(seen, 'x-accel-buffering').length === 0) {
    return notApplicable(
      'X-Accel-Buffering did not arrive, and nginx keeps it to itself: stream/live measures what the header is for',
      'buffering',
    );
  }
  return equals('buffering', { actual: header(seen, 'x-accel-buffering')?.toLowerCase(), expected: 'no', seen });
}
