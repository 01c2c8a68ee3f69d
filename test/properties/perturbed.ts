import { Unreachable } from '../../src/model/errors.ts';
import type { CommandResult, Probes } from '../../src/model/probes.ts';
import { settingsFile, WHOLE_FILE, type Settings } from '../../src/protocol/settings-file.ts';
import type { App, ServerRequest, ServerResponse } from '../../src/server/message.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import type { Wire } from '../../src/server/wire.ts';
import { stockExpectations } from '../support/fakes.ts';

/** Probes that the embedded server does not have, or that a perturbation replaces as a whole. */
export type OtherProbes = Pick<Probes, 'config' | 'workspace'> &
  Partial<Pick<Probes, 'artisan' | 'worker' | 'database'>>;

/** One way in which nothing can be measured, for every probe at once. */
export interface Perturbation {
  readonly name: string;
  /** What is done to the answers of the server, from the one on that `hits` says. */
  readonly tweak: (hits: (index: number) => boolean) => ServerTweak;
  readonly probes: OtherProbes;
  readonly timeLimitMs?: number;
}

const LOCK = { spec_version: '1.0-contract', toolset_version: '1.0', canonical_tools: stockExpectations.tools };

/** Files and a checkout as a healthy installation has them. */
export const healthyProbes: OtherProbes = filesOf({ values: {}, unreadable: [] }, { text: JSON.stringify(LOCK) });

/** Whoever answers in place of eMCP, by class; each with the forms the classifier knows best. */
const FOREIGN: Readonly<Record<string, ServerResponse>> = {
  sapi: json(404, { success: false, message: 'Not found.', object: {}, code: 404 }),
  'cms 404': cmsPage(404, '<h1>Not found</h1>'),
  'cms home': cmsPage(200, '<h1>Welcome</h1>'),
  'cms error': cmsPage(500, '<h2>The page could not be made</h2>'),
  'cms csrf': json(403, { error: 'CSRF token mismatch', code: 'csrf_token_mismatch' }),
  redirect: { status: 302, headers: [['Location', 'https://login.example.org/']], body: '' },
  challenge: { ...page(401, '<h1>401</h1>'), headers: [['WWW-Authenticate', 'Basic realm="staging"']] },
  'gateway 502': page(502, '<center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.26.2</center>'),
  'gateway 403': page(403, '<center><h1>403 Forbidden</h1></center><hr><center>nginx/1.26.2</center>'),
  'limiter 429': page(429, '<center><h1>429 Too Many Requests</h1></center><hr><center>nginx/1.26.2</center>'),
  'limiter 503': page(503, '<center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>nginx</center>'),
  'debug page': page(500, '<title>Whoops! There was an error.</title><div class="sf-dump">…</div>'),
  'an unsigned 404': page(404, '<h1>Not found</h1>'),
  'an unsigned 200': page(200, '<h1>Back soon</h1>'),
  'php-fpm 404': { status: 404, headers: [['Content-Type', 'text/html; charset=UTF-8']], body: 'File not found.\n' },
  'unsigned 401': page(401, '<h1>401 Unauthorized</h1>'),
  'firewall 200': page(200, '<title>Request Rejected</title>The requested URL was rejected.'),
  'a form that has expired': {
    status: 403,
    headers: [
      ['Content-Type', 'text/plain'],
      ['Cache-Control', 'no-store'],
    ],
    body: 'Your session has expired.',
  },
  'other mcp': json(404, { jsonrpc: '2.0', id: null, error: { code: -32601, message: 'Method not found' } }),
};

/** Answers that cannot be read, or are of the wrong type. */
const UNREADABLE: Readonly<Record<string, ServerResponse>> = {
  'malformed json': { status: 200, headers: [['Content-Type', 'application/json']], body: '{"jsonrpc":"2.0","id":' },
  'byte order mark': { status: 200, headers: [['Content-Type', 'application/json']], body: '\uFEFF{"jsonrpc":"2.0"}' },
  'markup as json': { status: 200, headers: [['Content-Type', 'application/json']], body: '<html></html>' },
  gzip: {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'gzip'],
    ],
    body: Uint8Array.from([0x1f, 0x8b, 8, 0, 0]),
  },
  empty: { status: 200, headers: [['Content-Type', 'application/json']], body: '' },
  'plain text': { status: 200, headers: [['Content-Type', 'text/plain']], body: 'OK' },
  'json of another shape': json(200, { status: 'ok' }),
};

/** Somebody in front who knows the request, and repeats what it carries. */
const REPEATING: Readonly<Record<string, (request: ServerRequest) => ServerResponse>> = {
  'status ok': () => json(200, { status: 'ok' }),
  'a refusal, 401': () => json(401, { error: { code: 'unauthenticated', message: 'No' } }),
  'a refusal, 403': () => json(403, { error: { code: 'forbidden', message: 'No' } }),
  'a refusal, 405': ({ method }) => {
    const refusal = json(405, { error: { code: 'method_not_allowed', message: 'No' } });
    return method === 'HEAD' ? { ...refusal, body: '' } : refusal;
  },
  'a refusal, 415': () => json(415, { error: { code: 'unsupported_media_type', message: 'No' } }),
  'an accepted notification': () => ({ ...json(202, {}), body: '' }),
};

/** Earlier answers of eMCP, which a cache gives again. */
const STORED: Readonly<Record<string, ServerResponse['headers']>> = {
  'with an age': [['Age', '31']],
  'that names a hit': [['X-Cache', 'HIT']],
  'that tells by the trace id alone': [['X-Trace-Id', 'emcp-yesterday-0123456789ab']],
};

const NOTHING = filesOf({ values: {}, unreadable: [WHOLE_FILE] }, { missing: true });

export const perturbations: readonly Perturbation[] = [
  ...Object.entries(FOREIGN).map(([name, response]) => answering(`answered by ${name}`, response)),
  ...Object.entries(REPEATING).map(([name, answer]) => ({
    ...answering(`a gateway that repeats the trace id: ${name}`, json(200, {})),
    tweak: (hits: (index: number) => boolean) => ({
      app: replacing(hits, async (_app, request) => withHeaders(answer(request), traceOf(request))),
    }),
  })),
  ...Object.entries(STORED).map(([name, headers]) => ({
    ...answering(`a cache ${name}`, json(200, {})),
    tweak: (hits: (index: number) => boolean) => ({
      app: replacing(hits, async (app, request, signal) => withHeaders(await app(request, signal), headers)),
    }),
  })),
  ...Object.entries(UNREADABLE).map(([name, response]) => answering(name, response)),
  {
    name: 'wrong types',
    tweak: (hits) => ({ app: replacing(hits, async (app, request, signal) => retyped(await app(request, signal))) }),
    probes: {
      ...filesOf({ values: WRONG_SETTINGS(), unreadable: [] }, { text: '[1]' }),
      ...consoles({ exit: 0, stdout: '\u0000\u0001binary', stderr: '' }),
      ...databaseOf('wrong'),
    },
  },
  {
    name: 'cut off in the middle',
    tweak: (hits) => ({ wire: cutting(hits, 'middle') }),
    probes: {
      ...filesOf({ values: {}, unreadable: [WHOLE_FILE] }, { text: '{"spec_version": "1.0-co' }),
      ...consoles({ exit: null, stdout: 'Using server: content (A)\ninitia', stderr: '' }),
      ...databaseOf('unreachable'),
    },
  },
  {
    name: 'unreachable',
    tweak: (hits) => ({ wire: cutting(hits, 'start') }),
    probes: {
      config: { settings: unreachable, registry: unreachable },
      workspace: { read: unreachable },
      artisan: { run: unreachable },
      worker: { run: unreachable },
      ...databaseOf('unreachable'),
    },
  },
  {
    name: 'late',
    tweak: (hits) => ({ app: replacing(hits, (_app, _request, signal) => never(signal)) }),
    probes: {
      config: whateverIsAsked('config', late),
      workspace: whateverIsAsked('workspace', late),
      artisan: whateverIsAsked('artisan', late),
      worker: whateverIsAsked('worker', late),
      database: whateverIsAsked('database', late),
    },
    timeLimitMs: 400,
  },
];

function answering(name: string, response: ServerResponse): Perturbation {
  return {
    name,
    tweak: (hits) => ({ app: replacing(hits, async () => response) }),
    probes: {
      ...NOTHING,
      ...consoles({ exit: 0, stdout: 'Error response from daemon: No such container: app', stderr: '' }),
      ...databaseOf('empty'),
    },
  };
}

/** The same answer with these headers in place of those of their names. */
function withHeaders(response: ServerResponse, headers: ServerResponse['headers']): ServerResponse {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const others = response.headers.filter(([name]) => !names.has(name.toLowerCase()));
  return { ...response, headers: [...others, ...headers] };
}

function traceOf({ headers }: ServerRequest): ServerResponse['headers'] {
  const sent = headers['x-trace-id'];
  return typeof sent === 'string' ? [['X-Trace-Id', sent]] : [];
}

/** Answers of the server replaced, counted from 1 for each server. */
function replacing(
  hits: (index: number) => boolean,
  answer: (app: App, request: ServerRequest, signal: AbortSignal) => Promise<ServerResponse>,
): (app: App) => App {
  return (app) => {
    let index = 0;
    return (request, signal) => {
      index += 1;
      return hits(index) ? answer(app, request, signal) : app(request, signal);
    };
  };
}

/** The wire layer has no count of its own: every answer is cut. */
function cutting(hits: (index: number) => boolean, where: 'start' | 'middle'): Wire {
  return async function* cut(pieces) {
    if (!hits(1)) {
      yield* pieces;
      return;
    }
    if (where === 'middle') {
      for await (const piece of pieces) {
        yield piece.kind === 'bytes' ? { ...piece, bytes: piece.bytes.subarray(0, piece.bytes.length - 9) } : piece;
        break;
      }
    }
    yield { kind: 'cut' };
  };
}

/** Every value of a JSON body as something of another type; a page or a stream as JSON of no known shape. */
function retyped(response: ServerResponse): ServerResponse {
  const whole = typeof response.body === 'string' || response.body instanceof Uint8Array;
  const text = whole ? Buffer.from(response.body).toString('utf8') : '';
  const headers: ServerResponse['headers'] = [...response.headers, ['Date', 'yesterday']];
  if (!text.startsWith('{'))
    return { ...json(200, { page: [text.length] }), headers: [...json(200, {}).headers, ['Date', 'yesterday']] };
  const body: unknown = JSON.parse(text);
  return { ...response, headers, body: JSON.stringify(twisted(body, '')) };
}

function twisted(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return { 0: value.length };
  if (typeof value !== 'object' || value === null) return key === 'jsonrpc' ? value : [value];
  const entries = Object.entries(value);
  return entries.length === 0
    ? 'nothing'
    : Object.fromEntries(entries.map(([name, one]) => [name, twisted(one, name)]));
}

function filesOf(settings: Settings, file: { readonly text: string } | { readonly missing: true }): OtherProbes {
  return {
    config: { settings: async () => settingsFile(settings, 1), registry: async () => settingsFile(settings, 1) },
    workspace: { read: async () => ({ ...file, evidence: 1 }) },
  };
}

function WRONG_SETTINGS(): Settings['values'] {
  return { mode: 'both', servers: 'all', actor: 1, route: false, queue: 'x' };
}

function consoles(output: Pick<CommandResult, 'exit' | 'stdout' | 'stderr'>): Pick<Probes, 'artisan' | 'worker'> {
  const run = async (): Promise<CommandResult> => ({ ...output, signal: null, ms: 1, evidence: 1 });
  return { artisan: { run }, worker: { run } };
}

function databaseOf(kind: 'empty' | 'wrong' | 'unreachable'): Pick<Probes, 'database'> {
  if (kind === 'unreachable') {
    return { database: whateverIsAsked('database', unreachable) };
  }
  const row = kind === 'wrong' ? { identifier: '', scope: '', class: '', active: false, evidence: 1 } : null;
  return {
    database: whateverIsAsked('database', async (question) => ({
      row: question === 'worker' ? row : null,
      rows: [],
      evidence: 1,
    })),
  };
}

/** A probe that answers alike to every question there is, and to those that will be. */
function whateverIsAsked<Name extends keyof OtherProbes>(
  _name: Name,
  answer: (question: string) => unknown,
): NonNullable<OtherProbes[Name]> {
  return new Proxy({} as NonNullable<OtherProbes[Name]>, {
    get: (_probe, question) => () => answer(String(question)),
  });
}

async function unreachable(): Promise<never> {
  throw new Unreachable('reset', 'the connection was reset');
}

function late(): Promise<never> {
  return new Promise(() => undefined);
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('gone')), { once: true });
  });
}

function json(status: number, body: object): ServerResponse {
  return { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(body) };
}

function page(status: number, body: string): ServerResponse {
  return {
    status,
    headers: [['Content-Type', 'text/html; charset=UTF-8']],
    body: `<!doctype html><html>${body}</html>`,
  };
}

function cmsPage(status: number, body: string): ServerResponse {
  return withHeaders(page(status, body), [['Cache-Control', 'private, must-revalidate']]);
}
