import { z } from 'zod';
import type { Store } from './store.ts';

/** The default cache of the CMS: what a cache clear forgets and, as its files do, what a restart keeps. */
export interface Cache {
  get(key: string): unknown;
  put(key: string, value: unknown, seconds: number): void;
  clear(): void;
}

const row = z.object({ key: z.string(), value: z.string(), expires_at: z.number() });

/** Kept in memory; with a store that is a file, kept there too. */
export function createCache(store: Store, now: () => number): Cache {
  const entries = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  const file = store.file === undefined ? undefined : persist(store);
  for (const { key, value, expires_at: expiresAt } of file?.load(seconds(now)) ?? []) {
    entries.set(key, { value, expiresAt });
  }
  return {
    get(key) {
      const entry = entries.get(key);
      return entry === undefined || entry.expiresAt <= seconds(now) ? undefined : (JSON.parse(entry.value) as unknown);
    },
    put(key, value, lifetime) {
      const entry = { value: JSON.stringify(value), expiresAt: seconds(now) + lifetime };
      entries.set(key, entry);
      file?.put(key, entry.value, entry.expiresAt);
    },
    clear() {
      entries.clear();
      file?.clear();
    },
  };
}

function seconds(now: () => number): number {
  return Math.floor(now() / 1000);
}

function persist({ database }: Store) {
  database.exec('create table if not exists "cache" ("key" text primary key, "value" text, "expires_at" integer)');
  return {
    load(second: number) {
      database.prepare('delete from "cache" where "expires_at" <= ?').run(second);
      return z.array(row).parse(database.prepare('select * from "cache"').all());
    },
    put(key: string, value: string, expiresAt: number): void {
      database.prepare('insert or replace into "cache" values (?, ?, ?)').run(key, value, expiresAt);
    },
    clear(): void {
      database.exec('delete from "cache"');
    },
  };
}
