import { z } from 'zod';
import type { StoreOpener } from './store.ts';

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
  readonly now: () => number;
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
export function createIdempotency(store: StoreOpener, { storage, ttlSeconds, now }: IdempotencyRules): Idempotency {
  const cacheKey = (key: string) => `emcp:idempotency:${storage}:${key}`;
  const second = () => Math.floor(now() / 1000);
  return {
    find(key) {
      const { data } = idempotencyRecord.safeParse(store.opened().cache.get(cacheKey(key), second()));
      return data;
    },
    save(key, record) {
      store.opened().cache.put(cacheKey(key), record, second() + Math.max(60, ttlSeconds));
    },
  };
}
