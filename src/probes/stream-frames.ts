import { createParser } from 'eventsource-parser';
import type { StreamFrame } from '../model/probes.ts';
import { sseLines } from '../protocol/sse-lines.ts';

/** What is kept of a line that belongs to no field. */

export interface FrameReader {
  /** Frames that these bytes complete; `'too-long'` when a line exceeds the cap. */
  push(bytes: Uint8Array, at: number): Generator<StreamFrame | 'too-long', void, void>;
  /** Something of an event that was never completed has come. */
  unfinished(): boolean;
}

type Found = Pick<StreamFrame, 'kind' | 'data'> & Partial<Pick<StreamFrame, 'event' | 'id'>>;

/** Frames of an event stream from its raw bytes, with the time and the byte offset of each. */
export function frameReader(maxLineBytes: number): FrameReader {
  const lines = sseLines(maxLineBytes);
  const found: Found[] = [];
  let open = false;
  const parser = createParser({
    onEvent: ({ data, event, id }) => found.push({ kind: 'event', data, event, id }),
    onComment: (data) => found.push({ kind: 'comment', data }),
    onRetry: (milliseconds) => found.push({ kind: 'retry', data: String(milliseconds) }),
    onError: (error) => found.push({ kind: 'malformed', data: error.line ?? '' }),
  });

  function* push(bytes: Uint8Array, at: number): Generator<StreamFrame | 'too-long', void, void> {
    for (const line of lines.push(bytes)) {
      if (line === 'too-long') {
        yield line;
        return;
      }
      // Fed line by line, so that whatever the parser finds ends at the offset of this line.
      parser.feed(`${line.text}\n`);
      if (line.text === '') open = false;
      else if (found.length === 0) open = true;
      for (const { kind, data, event, id } of found.splice(0)) yield { kind, data, event, id, at, offset: line.offset };
    }
  }

  return { push, unfinished: () => open || lines.pending > 0 };
}
