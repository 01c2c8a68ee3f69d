import { z } from 'zod';
import type { Cache } from './cache.ts';

const idempotencyRecord = z.object({
  status: z.enum(['accepted', 'completed']),
  payloadHash: z.string(),
  /** 0 for a dispatch that ran inline. */
  taskId: z.number(),
  traceId: z.string(),
  /** JSON text, once completed: kept as text because parsing would reorder its keys. */
  result: z.string().optional(),
});

export type IdempotencyRecord = z.infer<typeof idempotencyRecord>;

export interface IdempotencyRules {
  /** Only a part of the cache key, whatever it names. */
  readonly storage: string;
  readonly ttlSeconds: number;
}

/**
 * What is remembered under an idempotency key; twin of eMCP's idempotency store. Both calls are synchronous so that
 * nothing can come between a look and the write that follows it.
 */
export interface Idempotency {
  find(key: string): IdempotencyRecord | undefined;
  /** Writes the record and starts its lifetime anew. */
  save(key: string, record: IdempotencyRecord): void;
}

/** Records in the cache, shared by all servers and actors. */
export function createIdempotency(cache: Cache, { storage, ttlSeconds }: IdempotencyRules): Idempotency {
  const cacheKey = (key: string) => `emcp:idempotency:${storage}:${key}`;
  return {
    find(key) {
      const { data } = idempotencyRecord.safeParse(cache.get(cacheKey(key)));
      return data;
    },
    save(key, record) {
      cache.put(cacheKey(key), record, Math.max(60, ttlSeconds));
    },
  };
}
