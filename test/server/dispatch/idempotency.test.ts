import { describe, expect, it } from 'vitest';
import { createIdempotency } from '../../../src/server/dispatch/idempotency.ts';
import { storeOpener } from '../../../src/server/dispatch/store.ts';

const record = { status: 'accepted', payloadHash: 'h', taskId: 3, traceId: 't' } as const;

async function memory() {
  const clock = { ms: 1_000_500 };
  const store = storeOpener();
  const { cache } = await store.open();
  const rules = { storage: 's', ttlSeconds: 100, now: () => clock.ms };
  return { cache, clock, rules, store };
}

describe('idempotency records', () => {
  it('live a minute at least, counted in whole seconds', async () => {
    const { clock, rules, store } = await memory();
    const records = createIdempotency(store, { ...rules, ttlSeconds: 1 });
    records.save('k', record);
    clock.ms = 1_059_999;
    expect(records.find('k')).toEqual(record);
    clock.ms = 1_060_000;
    expect(records.find('k')).toBeUndefined();
  });

  it('start their life anew when they are written again', async () => {
    const { clock, rules, store } = await memory();
    const records = createIdempotency(store, rules);
    records.save('k', record);
    clock.ms += 90_000;
    records.save('k', { ...record, status: 'completed', result: '{}' });
    clock.ms += 90_000;
    expect(records.find('k')?.status).toBe('completed');
  });

  it('are found again only under the same storage name, and not after a cache clear', async () => {
    const { cache, rules, store } = await memory();
    const records = createIdempotency(store, { ...rules, storage: 'stask_meta' });
    records.save('k', record);
    expect(createIdempotency(store, { ...rules, storage: 'cache' }).find('k')).toBeUndefined();
    expect(cache.get('emcp:idempotency:stask_meta:k', 1000)).toEqual(record);
    cache.clear();
    expect(records.find('k')).toBeUndefined();
  });

  it('are not invented from something else that lies under the key', async () => {
    const { cache, rules, store } = await memory();
    cache.put('emcp:idempotency:s:k', { taskId: 'x' }, 2000);
    expect(createIdempotency(store, rules).find('k')).toBeUndefined();
  });
});
