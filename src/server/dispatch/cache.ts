import { z } from 'zod';
import type { Database } from '../database.ts';

/** The default cache of the CMS: what a cache clear forgets and, as its files do, what a restart keeps. */
export interface Cache {
  /** What lies under the key and has not expired by that second of the epoch. */
  get(key: string, second: number): unknown;
  put(key: string, value: unknown, expiresAt: number): void;
  clear(): void;
}

interface Entry {
  readonly value: string;
  readonly expiresAt: number;
}

/** Kept in memory; with a database, kept there too. */
export function createCache(database: Database | undefined): Cache {
  const kept = database === undefined ? undefined : keepIn(database);
  const entries = new Map<string, Entry>(kept?.load());
  return {
    get(key, second) {
      const entry = entries.get(key);
      return entry === undefined || entry.expiresAt <= second ? undefined : (JSON.parse(entry.value) as unknown);
    },
    put(key, value, expiresAt) {
      const entry = { value: JSON.stringify(value), expiresAt };
      entries.set(key, entry);
      kept?.put(key, entry);
    },
    clear() {
      entries.clear();
      kept?.clear();
    },
  };
}

const row = z.object({ key: z.string(), value: z.string(), expires_at: z.number() });

function keepIn(database: Database) {
  database.exec('create table if not exists "cache" ("key" text primary key, "value" text, "expires_at" integer)');
  return {
    load(): readonly [string, Entry][] {
      const rows = z.array(row).parse(database.prepare('select * from "cache"').all());
      return rows.map(({ key, value, expires_at: expiresAt }) => [key, { value, expiresAt }]);
    },
    put(key: string, { value, expiresAt }: Entry): void {
      database.prepare('insert or replace into "cache" values (?, ?, ?)').run(key, value, expiresAt);
    },
    clear(): void {
      database.exec('delete from "cache"');
    },
  };
}
