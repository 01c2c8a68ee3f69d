import { encodeJson, type Encodable } from '../json/encode.ts';
import type { Parsed } from '../json/parse.ts';
import { toPlainObject } from '../json/plain.ts';
import { isArray, member } from '../json/value.ts';
import type { ServerClass } from '../servers/server-class.ts';
import type { Settings } from '../settings.ts';
import type { StreamMessage, ToolContext } from '../tools/tool.ts';
import { IdentifiedError, readEnvelope, UnreportableId, type Envelope, type RequestId } from './envelope.ts';
import { initialize } from './initialize.ts';
import { JsonRpcError } from './json-rpc-error.ts';
import type { MethodAnswer, MethodCall } from './method.ts';
import { METHODS } from './methods.ts';
import { textResult } from './tools-call.ts';

export interface RuntimeRequest {
  readonly server: ServerClass;
  readonly payload: Parsed;
  readonly toolContext: () => Promise<ToolContext>;
}

export type RuntimeAnswer =
  | { readonly kind: 'accepted' }
  /** `session` says that a session id goes with it. */
  | { readonly kind: 'reply'; readonly text: string; readonly session: boolean }
  | { readonly kind: 'stream'; readonly frames: AsyncIterable<string> };

type Request = Extract<Envelope, { kind: 'request' }>;

/** Mirrors laravel/mcp's server: one JSON-RPC message in, one answer out; what it throws is an HTTP 500. */
export async function answerMcp(request: RuntimeRequest, settings: Settings): Promise<RuntimeAnswer> {
  let id: RequestId | undefined;
  try {
    const envelope = readEnvelope(request.payload);
    if (envelope.kind === 'notification') return { kind: 'accepted' };
    id = envelope.id;
    return toRuntimeAnswer(envelope, await runMethod(envelope, request, settings));
  } catch (error) {
    if (error instanceof UnreportableId) throw error;
    if (error instanceof JsonRpcError) return errorReply(error instanceof IdentifiedError ? error.id : id, error);
    if (settings.debug) throw error;
    return errorReply(id, new JsonRpcError(-32603, 'The request could not be handled'));
  }
}

async function runMethod(
  { method, params }: Request,
  request: RuntimeRequest,
  settings: Settings,
): Promise<MethodAnswer> {
  const { server, toolContext } = request;
  const call = { params, arguments: {}, server, toolContext, toolsetVersion: settings.toolsetVersion };
  if (method === 'initialize') return initialize(call);
  const run = METHODS.get(method);
  if (run === undefined) throw new JsonRpcError(-32601, `There is no method [${method}]`);
  return run(withArguments(call));
}

function withArguments(call: MethodCall): MethodCall {
  const given = member(call.params, 'arguments') ?? [];
  if (!isArray(given)) throw new TypeError('arguments is no array');
  return { ...call, arguments: toPlainObject(given) };
}

function toRuntimeAnswer({ id, method }: Request, answer: MethodAnswer): RuntimeAnswer {
  if (answer.kind === 'stream') return { kind: 'stream', frames: frames(id, answer.messages) };
  // eMCP writes a successful initialize anew, with plain slashes.
  const session = method === 'initialize';
  const text = encodeJson({ jsonrpc: '2.0', id, result: answer.value }, { plainSlashes: session });
  return { kind: 'reply', text, session };
}

function errorReply(id: RequestId | undefined, { code, message, data }: JsonRpcError): RuntimeAnswer {
  const text = encodeJson({ jsonrpc: '2.0', id, error: { code, message, data } });
  return { kind: 'reply', text, session: false };
}

async function* frames(id: RequestId, messages: AsyncIterable<StreamMessage>): AsyncGenerator<string> {
  for await (const message of messages) yield `data: ${encodeJson(messageBody(id, message))}\n\n`;
}

function messageBody(id: RequestId, message: StreamMessage): Encodable {
  if (message.kind === 'result') return { jsonrpc: '2.0', id, result: textResult(message.text, false) };
  return { jsonrpc: '2.0', method: message.method, params: message.params };
}
