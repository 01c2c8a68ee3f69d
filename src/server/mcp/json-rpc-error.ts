import type { Encodable } from '../json/encode.ts';

/** An answer that is a JSON-RPC error. */
export class JsonRpcError extends Error {
  readonly code: number;
  readonly data: Encodable;

  constructor(code: number, message: string, data?: Encodable) {
    super(message);
    this.name = 'JsonRpcError';
    this.code = code;
    this.data = data;
  }
}
