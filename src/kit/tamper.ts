import { at, parseJson, type Json, type JsonObject } from './vocabulary.ts';
import type { HeaderList } from '../model/evidence.ts';

/** The parts of a server's request and response a fault may look at; the server's own types fit them. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

interface Answered {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | string | AsyncIterable<string>;
}

type Application<Request, Response> = (request: Request, signal: AbortSignal) => Promise<Response>;

/** What a request asks for, in the words of the contract. */
export interface Question {
  readonly verb: string;
  readonly path: string;
  readonly route: 'api' | 'manager' | 'elsewhere';
  readonly dispatch: boolean;
  /** The JSON body, where it is JSON. */
  readonly body: Json | undefined;
  /** The JSON-RPC method, where one can be read. */
  readonly method: string | undefined;
  readonly header: (name: string) => string | undefined;
  /** The claims of the bearer token, unverified; `null` for a bearer that is no JWT. */
  readonly claims: JsonObject | null | undefined;
  readonly algorithm: Json | undefined;
}

/** A plain answer: what a fault hands out or changes. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: string;
}

/**
 * A fault of the layer `app`: answers that match are changed. `change` sees the question and the sound answer;
 * streamed answers pass untouched.
 */
export function tamper(
  when: (question: Question, answer: Answer) => boolean,
  change: (answer: Answer, question: Question) => Answer,
) {
  return <Request extends Asked, Response extends Answered>(
    app: Application<Request, Response>,
  ): Application<Request, Response | Answered> => {
    return async (request, signal) => {
      const response = await app(request, signal);
      if (typeof response.body !== 'string' && !(response.body instanceof Uint8Array)) return response;
      const text = typeof response.body === 'string' ? response.body : Buffer.from(response.body).toString('utf8');
      const question = questionOf(request);
      const answer: Answer = { status: response.status, headers: response.headers, text };
      if (!when(question, answer)) return response;
      const changed = change(answer, question);
      return { status: changed.status, headers: changed.headers, body: changed.text };
    };
  };
}

/** The same answer with another JSON body. */
function withJson(answer: Answer, change: (body: Json) => Json): Answer {
  return { ...answer, text: JSON.stringify(change(parseJson(answer.text) ?? null)) };
}

/** The same answer with one value of its JSON body changed, or taken away by `undefined`. */
export function withValue(answer: Answer, path: readonly (string | number)[], value: Json | undefined): Answer {
  return withJson(answer, (body) => setAt(body, path, value));
}

/** The same answer with a header set, or taken away by `undefined`. */
export function withHeader(answer: Answer, name: string, value: string | undefined): Answer {
  const others = answer.headers.filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  return { ...answer, headers: value === undefined ? others : [...others, [name, value]] };
}

/** A transport error as the contract shapes it, with the trace id of the answer it replaces. */
export function transportError(answer: Answer, status: number, code: string): Answer {
  const traceId = answer.headers.find(([name]) => name.toLowerCase() === 'x-trace-id')?.[1] ?? 'trace';
  const error = { code, message: 'Refused by a fault', trace_id: traceId };
  const headers: HeaderList = [
    ['Content-Type', 'application/json'],
    ['X-Trace-Id', traceId],
  ];
  return { status, headers, text: JSON.stringify({ error }) };
}

/** A sound JSON-RPC result in place of whatever was answered. */
export function rpcResult(answer: Answer, question: Question, result: Json): Answer {
  return rpcResponse(answer, question, { result });
}

/** An error of the runtime in place of the answer, under the id of the request. */
export function rpcError(answer: Answer, question: Question, error: { code: number; message: string }): Answer {
  return rpcResponse(answer, question, { error });
}

function rpcResponse(answer: Answer, question: Question, said: JsonObject): Answer {
  const text = JSON.stringify({ jsonrpc: '2.0', id: at(question.body, 'id') ?? null, ...said });
  return { ...withHeader(answer, 'Content-Type', 'application/json'), status: 200, text };
}

/** A page of the CMS, with the mark of its front controller. */
export function htmlPage(status: number): Answer {
  return plainAnswer(status, 'text/html; charset=UTF-8', '<!doctype html><title>Site</title>', [
    ['Cache-Control', 'private, must-revalidate'],
  ]);
}

/** An answer that nothing of eMCP had a part in. */
export function plainAnswer(status: number, mediaType: string, text: string, headers: HeaderList = []): Answer {
  return { status, headers: [['Content-Type', mediaType], ...headers], text };
}

/** Somebody in front answers every request of the routes named, or every one: eMCP is not reached, by streams neither. */
export function answerInFront(answer: (question: Question) => Answer, ...routes: readonly Question['route'][]) {
  return <Request extends Asked, Response extends Answered>(
    app: Application<Request, Response>,
  ): Application<Request, Response | Answered> => {
    return async (request, signal) => {
      const question = questionOf(request);
      if (routes.length > 0 && !routes.includes(question.route)) return app(request, signal);
      const { status, headers, text } = answer(question);
      return { status, headers, body: text };
    };
  };
}

function questionOf(request: Asked): Question {
  const body = parseJson(Buffer.from(request.body).toString('utf8'));
  const method = at(body, 'method');
  const header = (name: string): string | undefined => {
    const value = request.headers[name.toLowerCase()];
    return typeof value === 'string' ? value : value?.[0];
  };
  const [head, claims] = tokenParts(header('authorization'));
  return {
    verb: request.method,
    path: request.path,
    route: routeOf(request.path),
    dispatch: request.path.endsWith('/dispatch'),
    body,
    method: typeof method === 'string' ? method : undefined,
    header,
    claims,
    algorithm: at(head ?? undefined, 'alg'),
  };
}

function routeOf(path: string): Question['route'] {
  if (path.startsWith('/emcp/')) return 'manager';
  return path.includes('/mcp/') ? 'api' : 'elsewhere';
}

function tokenParts(authorization: string | undefined): (JsonObject | null | undefined)[] {
  const token = /^bearer\s+(\S+)/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return [undefined, undefined];
  const [head = '', claims = ''] = token.split('.');
  return [head, claims].map((part) => {
    return (parseJson(Buffer.from(part, 'base64url').toString('utf8')) ?? null) as JsonObject | null;
  });
}

type Mutable = Record<string | number, unknown>;

function setAt(value: Json, path: readonly (string | number)[], replacement: Json | undefined): Json {
  const root = { value: structuredClone(value) as unknown };
  let parent: Mutable = root;
  let key: string | number = 'value';
  for (const step of path) {
    const child = parent[key];
    if (typeof child !== 'object' || child === null) parent[key] = {};
    parent = parent[key] as Mutable;
    key = step;
  }
  if (replacement === undefined) delete parent[key];
  else parent[key] = replacement;
  return root.value as Json;
}
