import { describe, expect, it } from 'vitest';
import { createCache } from '../../../src/server/dispatch/cache.ts';
import { createIdempotency } from '../../../src/server/dispatch/idempotency.ts';
import { openStore } from '../../../src/server/dispatch/store.ts';

const record = { status: 'accepted', payloadHash: 'h', taskId: 3, traceId: 't' } as const;

async function memory() {
  const clock = { ms: 1_000_500 };
  const cache = createCache(await openStore(), () => clock.ms);
  return { cache, clock };
}

describe('idempotency records', () => {
  it('live a minute at least, counted in whole seconds', async () => {
    const { cache, clock } = await memory();
    const records = createIdempotency(cache, { storage: 's', ttlSeconds: 1 });
    records.save('k', record);
    clock.ms = 1_059_999;
    expect(records.find('k')).toEqual(record);
    clock.ms = 1_060_000;
    expect(records.find('k')).toBeUndefined();
  });

  it('start their life anew when they are written again', async () => {
    const { cache, clock } = await memory();
    const records = createIdempotency(cache, { storage: 's', ttlSeconds: 100 });
    records.save('k', record);
    clock.ms += 90_000;
    records.save('k', { ...record, status: 'completed', result: '{}' });
    clock.ms += 90_000;
    expect(records.find('k')?.status).toBe('completed');
  });

  it('are found again only under the same storage name, and not after a cache clear', async () => {
    const { cache } = await memory();
    const records = createIdempotency(cache, { storage: 'stask_meta', ttlSeconds: 100 });
    records.save('k', record);
    expect(createIdempotency(cache, { storage: 'cache', ttlSeconds: 100 }).find('k')).toBeUndefined();
    expect(cache.get('emcp:idempotency:stask_meta:k')).toEqual(record);
    cache.clear();
    expect(records.find('k')).toBeUndefined();
  });

  it('are not invented from something else that lies under the key', async () => {
    const { cache } = await memory();
    cache.put('emcp:idempotency:s:k', { taskId: 'x' }, 60);
    expect(createIdempotency(cache, { storage: 's', ttlSeconds: 60 }).find('k')).toBeUndefined();
  });
});
