import { createPersonalData } from '../../src/journal/personal-data.ts';
import { responseOf } from '../../src/probes/http-response.ts';
import { at, type Json } from '../../src/model/json.ts';
import { parseJsonBody } from '../../src/protocol/json-body.ts';
import type { AnsweredBy } from '../../src/model/answered-by.ts';

export interface RawAnswer {
  readonly method?: string;
  readonly url?: string;
  /** What was sent; a message under id 1 by default. */
  readonly sent?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array };
  readonly status: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

/** Who is taken to have given an answer, read from its bytes as the HTTP probe reads it. */
export function answererOf({ method = 'POST', url, sent, status, headers = [], body = '' }: RawAnswer): AnsweredBy {
  const request = {
    method,
    url: new URL(url ?? 'http://cms.example.org/api/v1/mcp/content'),
    headers: sent?.headers ?? {},
    body: sent === undefined ? '{"jsonrpc":"2.0","id":1,"method":"ping"}' : (sent.body ?? ''),
    bucket: 'unknown',
    id: sent === undefined ? 1 : inMessage(sent.body ?? '', 'id'),
    rpcMethod: sent === undefined ? 'ping' : inMessage(sent.body ?? '', 'method'),
    repeatable: true,
  };
  const reply = { status, headers, body: Buffer.from(body), firstByteMs: 0, totalMs: 0 };
  const reading = { brief: (text: string) => text.slice(0, 200), personalData: createPersonalData() };
  return responseOf(request, reply, reading).answeredBy;
}

function inMessage(body: string | Uint8Array, key: string): Json | undefined {
  const parsed = parseJsonBody(Buffer.from(body));
  return parsed.kind === 'json' ? at(parsed.value, key) : undefined;
}
