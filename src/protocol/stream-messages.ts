import { at, isObject, parseJson, type Json, type JsonObject } from '../model/json.ts';
import type { StreamFrame } from '../model/probes.ts';

/** The JSON-RPC messages of a stream, in order; `null` stands for an event that is no message. */
export interface StreamMessages {
  readonly messages: readonly (JsonObject | null)[];
  readonly notifications: number;
  /** Ids of the responses, in order. */
  readonly responses: readonly Json[];
  /** What each of the responses is: `result`, or `error` with its code. */
  readonly outcomes: readonly string[];
  /** Something followed the first response. */
  readonly afterResponse: number;
}

export function messagesOf(frames: readonly StreamFrame[]): StreamMessages {
  const messages = frames.filter(({ kind }) => kind === 'event').map(({ data }) => messageOf(data));
  const isResponse = messages.map((message) => message !== null && message['method'] === undefined);
  const first = isResponse.indexOf(true);
  const responses = messages.filter((_message, index) => isResponse[index]).map((message) => message ?? undefined);
  return {
    messages,
    notifications: messages.filter((message) => message !== null && isNotification(message)).length,
    responses: responses.map((message) => at(message, 'id') ?? null),
    outcomes: responses.map(outcomeOf),
    afterResponse: first === -1 ? 0 : messages.length - first - 1,
  };
}

function outcomeOf(response: Json | undefined): string {
  const error = at(response, 'error');
  if (error === undefined) return 'result';
  const code = at(error, 'code');
  return `error ${typeof code === 'number' ? code : 'without a code'}`;
}

function messageOf(data: string): JsonObject | null {
  const value = parseJson(data);
  return isObject(value) && value['jsonrpc'] === '2.0' && isMessage(value) ? value : null;
}

function isMessage(value: JsonObject): boolean {
  if (typeof value['method'] === 'string') return true;
  return 'id' in value && 'result' in value !== 'error' in value;
}

function isNotification(message: JsonObject): boolean {
  return typeof message['method'] === 'string' && !('id' in message);
}
