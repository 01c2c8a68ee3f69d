import { exchangeOf } from '../../src/probes/route.ts';
import type { AnsweredBy } from '../../src/model/answered-by.ts';

export interface RawAnswer {
  readonly method?: string;
  readonly url?: string;
  readonly status: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

/** Who is taken to have given an answer, read from its bytes as the HTTP probe reads it. */
export function answererOf({ method = 'POST', url, status, headers = [], body = '' }: RawAnswer): AnsweredBy {
  const request = {
    method,
    url: new URL(url ?? 'http://cms.example.org/api/v1/mcp/content'),
    headers: {},
    bucket: 'unknown',
    repeatable: true,
  };
  const reply = { status, headers, body: Buffer.from(body), firstByteMs: 0, totalMs: 0 };
  return exchangeOf(request, reply).answeredBy;
}
