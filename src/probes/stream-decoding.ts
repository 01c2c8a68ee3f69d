import { pipeline, Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Unreachable } from '../model/errors.ts';

// A stream that was cut still gives what had arrived; that it was cut is told by the body itself.
const ZLIB = { finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** The bytes are not of the coding that was declared: no end of a stream, and no bug of its reader. */
export class CorruptCoding extends Unreachable {
  constructor(coding: string, cause: unknown) {
    super('malformed', `the body is not the ${coding} that Content-Encoding declares`, cause);
    this.name = 'CorruptCoding';
  }
}

/** The bytes behind a content coding; an unknown coding is passed on as it is. */
export function decoded(body: AsyncIterable<Uint8Array>, declared: string | undefined): AsyncIterable<Uint8Array> {
  const coding = declared?.trim().toLowerCase() ?? 'identity';
  const decoder = decoderOf(coding);
  return decoder === undefined ? body : throughDecoder(body, decoder, coding);
}

async function* throughDecoder(
  body: AsyncIterable<Uint8Array>,
  decoder: Transform,
  coding: string,
): AsyncGenerator<Uint8Array, void, void> {
  // The reader of the decoder sees every error; the callback is there because one is demanded.
  pipeline(Readable.from(body), decoder, () => undefined);
  const pieces: AsyncIterable<Uint8Array> = decoder;
  try {
    yield* pieces;
  } catch (error) {
    throw isOfZlib(error) ? new CorruptCoding(coding, error) : error;
  }
}

/** Errors of zlib, and no others, have a number and a code of these forms. */
function isOfZlib(error: unknown): boolean {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return false;
  return typeof error.code === 'string' && /^(?:Z_|ERR_?_|ERR_BROTLI)/.test(error.code);
}

function decoderOf(coding: string): Transform | undefined {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip(ZLIB);
  if (coding === 'deflate') return createInflate(ZLIB);
  return coding === 'br' ? createBrotliDecompress(BROTLI) : undefined;
}
