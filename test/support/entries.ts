import type { Codec } from '../../src/journal/recorder.ts';
import type { EntryOf, JournalEntry, KeptText, RequestOf, ResponseOf } from '../../src/model/journal-entry.ts';

interface Given {
  readonly check?: string;
  readonly sequence?: number;
  readonly at?: number;
  readonly ms?: number;
}

/** An HTTP exchange as the journal has it; a POST that was answered with an empty 200 unless told otherwise. */
export function httpEntry({
  check = 'a/b',
  sequence = 1,
  at = 0,
  ms = 1,
  probe = 'mcp',
  ...given
}: Given & {
  readonly probe?: 'mcp' | 'manager';
  readonly request?: Partial<RequestOf<'http'>>;
  readonly response?: Partial<ResponseOf<'http'>>;
  readonly failure?: JournalEntry['failure'];
}): EntryOf<'http'> {
  const request = { method: 'POST', url: 'http://a.test/', headers: {}, ...given.request };
  const head = { check, sequence, kind: 'http' as const, probe, ids: [], at, ms, request };
  if (given.failure !== undefined) return { ...head, failure: given.failure };
  return { ...head, response: { ...EMPTY, ...given.response } };
}

const EMPTY = {
  status: 200,
  headers: [],
  body: '' satisfies KeptText,
  notJson: 'empty',
  bytes: 0,
  firstByteMs: 1,
  totalMs: 1,
};

/** A stream that was watched to its end. */
export function streamEntry({
  check = 'stream/live',
  sequence = 1,
  at = 0,
  ms = 1000,
  ...response
}: Given & Partial<ResponseOf<'stream'>>): EntryOf<'stream'> {
  const request = { method: 'POST', url: 'http://a.test/', headers: {}, limitSeconds: 5 };
  const ended = {
    frames: [],
    chunks: [],
    ended: 'closed' as const,
    unfinished: false,
    durationMs: 1000,
    diagnosis: '',
  };
  return { check, sequence, kind: 'stream', ids: [], at, ms, request, response: { ...EMPTY, ...ended, ...response } };
}

/** A frame by its kind and time. */
export function frame(kind: 'event' | 'comment', at: number, data = ''): ResponseOf<'stream'>['frames'][number] {
  return { kind, data, atMs: at, offset: 0 };
}

/** Keeps a response as it is given. */
export const asIs: Codec<'http', ResponseOf<'http'>> = {
  kind: 'http',
  keep: (response) => response,
  read: (response) => response,
};
