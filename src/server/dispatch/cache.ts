import { z } from 'zod';
import type { Database } from '../database.ts';

/** The default cache of the CMS: what a cache clear forgets and, as its files do, what a restart keeps. */
export interface Cache {
  /** What lies under the key and has not expired by that second of the epoch. */
  get(key: string, second: number): unknown;
  put(key: string, value: unknown, expiresAt: number): void;
  clear(): void;
}

/** In memory, or in a table of the database, where other processes see it as they see the CMS's cache files. */
export function createCache(database: Database | undefined): Cache {
  return database === undefined ? memoryCache() : tableCache(database);
}

function memoryCache(): Cache {
  const entries = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  return {
    get(key, second) {
      const entry = entries.get(key);
      return entry === undefined || entry.expiresAt <= second ? undefined : (JSON.parse(entry.value) as unknown);
    },
    put(key, value, expiresAt) {
      entries.set(key, { value: JSON.stringify(value), expiresAt });
    },
    clear() {
      entries.clear();
    },
  };
}

const row = z.object({ value: z.string() });

function tableCache(database: Database): Cache {
  database.exec('create table if not exists "cache" ("key" text primary key, "value" text, "expires_at" integer)');
  const find = database.prepare('select "value" from "cache" where "key" = ? and "expires_at" > ?');
  const put = database.prepare('insert or replace into "cache" values (?, ?, ?)');
  return {
    get(key, second) {
      const found = find.get(key, second);
      return found === undefined ? undefined : (JSON.parse(row.parse(found).value) as unknown);
    },
    put(key, value, expiresAt) {
      put.run(key, JSON.stringify(value), expiresAt);
    },
    clear() {
      database.exec('delete from "cache"');
    },
  };
}
