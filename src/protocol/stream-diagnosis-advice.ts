import { describeAnswerer, remedyForAnswerer, type AnsweredBy } from '../model/answered-by.ts';
import { NO_STREAM, type DiagnosisKind } from './stream-diagnosis.ts';

/** What a diagnosis means, and what to change where. */
export interface Advice {
  readonly means: string;
  readonly settings: readonly string[];
}

const NGINX_BUFFERING = [
  'nginx: `proxy_buffering off;` (PHP by FastCGI: `fastcgi_buffering off;`) for the MCP routes',
  'nginx: no `proxy_ignore_headers X-Accel-Buffering;`, so that the header of eMCP counts',
];
const PHP_BUFFERING = [
  'PHP: `output_buffering = 0` and `zlib.output_compression = Off` for the pool that serves MCP',
  'Evolution CMS: no output buffer (`ob_start`) around the MCP routes',
];
const READ_TIMEOUT = [
  'nginx: `proxy_read_timeout` (PHP by FastCGI: `fastcgi_read_timeout`) longer than the longest silence',
  'eMCP: `stream.heartbeat_seconds` shorter than any idle timeout on the way, once heartbeats are sent',
];
const CRASH = [
  'the error log of PHP and of the proxy at the time of the cut',
  'PHP: `memory_limit`, `max_execution_time`',
];
const TOOL = ['the tool: look at its code and its log by the trace id of the answer'];
const HEARTBEATS = [
  'eMCP: today it declares heartbeats and sends none (D09), so let the tool send comments or raise idle timeouts',
  'a proxy that rewrites event streams: let comments pass',
];

/** What an operator can do about each diagnosis. */
const ADVICE: Readonly<Record<DiagnosisKind, Advice>> = {
  refused: {
    means: 'the request was refused before a stream began',
    settings: ['eMCP: `stream.enabled`, globally or for this server'],
  },
  'gateway-timeout': { means: 'a proxy gave up before the first byte came', settings: READ_TIMEOUT },
  'not-a-stream': {
    means: 'the answer is no event stream',
    settings: ['the tool: it returns a plain result, or a proxy changes the media type'],
  },
  'line-too-long': { means: 'one line exceeds what a client can be expected to hold', settings: TOOL },
  flood: { means: 'the stream exceeds the size or number of events that is read', settings: TOOL },
  throttled: {
    means: 'bytes drip in far below the pace of the events',
    settings: ['nginx: `limit_rate` and `proxy_limit_rate`', 'any bandwidth limit on the way'],
  },
  stalled: {
    means: 'the stream fell silent and was never ended',
    settings: [...TOOL, 'eMCP: `stream.max_stream_seconds` is declared and not enforced (D09)'],
  },
  'never-ending': {
    means: 'the stream went on past its limit',
    settings: [...TOOL, 'eMCP: `stream.max_stream_seconds` is declared and not enforced (D09)'],
  },
  cancelled: { means: 'we left before the stream ended', settings: [] },
  'error-page': {
    means: 'text that is no event stream came in place of the response',
    settings: [...CRASH, 'PHP: `display_errors = Off`'],
  },
  'cut-mid-event': { means: 'the connection ended in the middle of an event', settings: CRASH },
  'cut-between-events': {
    means: 'the connection was cut after a whole event and before the response',
    settings: [...CRASH, ...READ_TIMEOUT],
  },
  'idle-timeout': { means: 'the connection was cut for its silence', settings: READ_TIMEOUT },
  'no-response': { means: 'the stream ended in good order, without a response', settings: TOOL },
  'several-responses': { means: 'more than one response came to one request', settings: TOOL },
  compressed: {
    means: 'the stream is compressed, which holds events up until a block is full',
    settings: [
      'nginx: no `text/event-stream` in `gzip_types`, or `gzip off;` for the MCP routes',
      'PHP: `zlib.output_compression = Off`',
    ],
  },
  'proxy-buffered': {
    means: 'head and events came together at the end: a proxy collected the answer',
    settings: [...NGINX_BUFFERING, ...PHP_BUFFERING],
  },
  'origin-buffered': {
    means: 'all events came together at the end: PHP collected its output',
    settings: [...PHP_BUFFERING, ...NGINX_BUFFERING],
  },
  'block-buffered': {
    means: 'events come in blocks of a fixed size: an output buffer fills up',
    settings: PHP_BUFFERING,
  },
  clumped: {
    means: 'events come several at a time',
    settings: [...NGINX_BUFFERING, 'a CDN or load balancer: switch response buffering off for the MCP routes'],
  },
  delayed: {
    means: 'the first byte came late, and events after it live',
    settings: [
      'eMCP and PHP: time before the first event (rate limiter store, autoload, a cold cache)',
      'a proxy that inspects the beginning of answers',
    ],
  },
  'no-heartbeats': { means: 'the stream was silent for longer than the declared heartbeat', settings: HEARTBEATS },
  'irregular-heartbeats': { means: 'heartbeats come, but not at the declared interval', settings: HEARTBEATS },
  'too-short': {
    means: 'the stream was too short to tell anything about how it was delivered',
    settings: ['the profile: arguments that make the tool take longer'],
  },
  'events-at-once': {
    means: 'only comments came at different times, which somebody on the way may send: nothing tells how events come',
    settings: ['the profile: arguments that make the tool send several events over a longer time'],
  },
  live: { means: 'events arrive one by one, as they are made', settings: [] },
};

/**
 * The diagnosis in one line for a note: what it means and the first thing to change. Where somebody else answered in
 * place of a stream, that is what it means, and no setting of eMCP changes it.
 */
export function formatDiagnosis(kind: DiagnosisKind, by?: AnsweredBy): string {
  const { means, settings } = ADVICE[kind];
  if (by === undefined || by.kind === 'emcp' || !NO_STREAM.has(kind))
    return [`${kind}: ${means}`, ...settings].join('; ');
  const advice = kind === 'gateway-timeout' ? settings : [remedyForAnswerer(by)];
  return [`${kind}: ${describeAnswerer(by)}`, ...advice].join('; ');
}
