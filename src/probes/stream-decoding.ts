import { pipeline, Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

// A stream that was cut still gives what had arrived; that it was cut is told by the body itself.
const ZLIB = { finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** The bytes behind a content coding; an unknown coding is passed on as it is. */
export function decoded(body: AsyncIterable<Uint8Array>, coding: string | undefined): AsyncIterable<Uint8Array> {
  const decoder = decoderOf(coding?.trim().toLowerCase());
  if (!decoder) return body;
  // The reader of the decoder sees every error; the callback is there because one is demanded.
  pipeline(Readable.from(body), decoder, () => undefined);
  return decoder as AsyncIterable<Uint8Array>;
}

function decoderOf(coding: string | undefined): Transform | undefined {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip(ZLIB);
  if (coding === 'deflate') return createInflate(ZLIB);
  return coding === 'br' ? createBrotliDecompress(BROTLI) : undefined;
}
