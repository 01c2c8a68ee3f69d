const LF = 10;
const CR = 13;
const BOM = [0xef, 0xbb, 0xbf];

/** A line of an event stream, without its end, and the number of bytes of the stream up to and with that end. */
export interface SseLine {
  readonly text: string;
  readonly offset: number;
}

export interface SseLines {
  /** Lines that these bytes complete; `'too-long'` as soon as an unfinished one exceeds the cap. */
  push(bytes: Uint8Array): Generator<SseLine | 'too-long', void, void>;
  /** Bytes since the last line end. */
  readonly pending: number;
}

/**
 * Splits raw bytes into lines as the event stream format does: LF, CR or CRLF ends one, and a byte order mark at the
 * very start is no part of the first. A line that ends in CR is complete without waiting for what follows.
 */
export function sseLines(maxLineBytes: number): SseLines {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const held = growing();
  let offset = 0;
  let afterCr = false;

  function* push(bytes: Uint8Array): Generator<SseLine | 'too-long', void, void> {
    let start = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (byte !== LF && byte !== CR) {
        afterCr = false;
        continue;
      }
      const completesCrlf = byte === LF && afterCr;
      afterCr = byte === CR;
      if (!completesCrlf) {
        const before = held.take(bytes.subarray(start, index));
        const first = offset + index - before.length === 0;
        yield before.length > maxLineBytes
          ? 'too-long'
          : { text: decoder.decode(first ? withoutBom(before) : before), offset: offset + index + 1 };
      }
      start = index + 1;
    }
    held.add(bytes.subarray(start, start + maxLineBytes + 1));
    offset += bytes.length;
    if (held.length > maxLineBytes) yield 'too-long';
  }

  return {
    push,
    get pending() {
      return held.length;
    },
  };
}

function withoutBom(line: Uint8Array): Uint8Array {
  return BOM.every((byte, index) => line[index] === byte) ? line.subarray(3) : line;
}

/** Bytes that are kept until a line is complete; doubling, as a drip of single bytes would be costly otherwise. */
function growing() {
  let buffer = new Uint8Array(256);
  let length = 0;
  function add(bytes: Uint8Array): void {
    if (length + bytes.length > buffer.length) {
      const larger = new Uint8Array(Math.max(buffer.length * 2, length + bytes.length));
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    buffer.set(bytes, length);
    length += bytes.length;
  }
  function take(rest: Uint8Array): Uint8Array {
    if (length === 0) return rest;
    add(rest);
    const whole = buffer.slice(0, length);
    length = 0;
    return whole;
  }
  return {
    add,
    take,
    get length() {
      return length;
    },
  };
}
