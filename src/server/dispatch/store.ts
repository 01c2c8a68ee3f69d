import { openDatabase, type Database } from '../database.ts';
import { createCache, type Cache } from './cache.ts';
import { createProgress, type Progress } from './progress.ts';

/** Where tasks and workers are kept; twin of the two sTask migrations, beside the settings of the CMS. */
export interface TaskTables {
  readonly database: Database;
  /** Table prefix of the CMS, empty by default. */
  readonly prefix: string;
}

/** All that outlives a request, and with a file a restart. */
export interface Store extends TaskTables {
  readonly cache: Cache;
  readonly progress: Progress;
}

/** A store that is opened when first needed; `opened` may be called once `open` has resolved. */
export interface StoreOpener {
  open(): Promise<Store>;
  opened(): Store;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly file?: string;
  readonly prefix?: string;
}

/** Opens the store in memory, or in a file that keeps an accepted task over a crash. */
export async function openStore({ file, prefix = '' }: StoreOptions = {}): Promise<Store> {
  if (!/^\w*$/.test(prefix)) {
    throw new RangeError(`A table prefix has letters, digits and underscores only: ${prefix}`);
  }
  const database = await openDatabase(file ?? ':memory:');
  try {
    if (file !== undefined) {
      database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000');
    }
    createTables({ database, prefix });
    const cache = createCache(file === undefined ? undefined : database);
    return { database, prefix, cache, progress: createProgress(file) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A store to hand to one server, or to several in turn. */
export function storeOpener(options: StoreOptions = {}): StoreOpener {
  let opening: Promise<Store> | undefined;
  let store: Store | undefined;
  async function open(): Promise<Store> {
    opening ??= openStore(options);
    store = await opening;
    return store;
  }
  return {
    open,
    opened() {
      if (store === undefined) {
        throw new Error('The store is not open yet');
      }
      return store;
    },
    async close() {
      // One that could not be opened is closed already, and its caller was told why.
      const last = await opening?.catch(() => undefined);
      last?.database.close();
    },
  };
}

/** Creates whichever of the tables and indexes are missing; rows that are there stay. */
export function createTables({ database, prefix }: TaskTables): void {
  database.exec(`
    create table if not exists "${prefix}system_settings" (
      "setting_name" varchar primary key not null default '', "setting_value" text);
    create table if not exists "${prefix}s_workers" (
      "id" integer primary key autoincrement not null, "uuid" varchar, "identifier" varchar not null,
      "scope" varchar not null default '', "class" varchar not null, "active" tinyint(1) not null default '0',
      "position" integer not null default '0', "settings" text not null default '[]',
      "hidden" integer not null default '0', "created_at" datetime, "updated_at" datetime);
    create table if not exists "${prefix}s_tasks" (
      "id" integer primary key autoincrement not null, "identifier" varchar not null, "action" varchar not null,
      "status" integer not null default '10', "message" text, "started_by" integer, "meta" text, "result" text,
      "start_at" datetime, "finished_at" datetime, "attempts" integer not null default '0',
      "max_attempts" integer not null default '3', "priority" varchar not null default 'normal',
      "progress" integer not null default '0', "created_at" datetime, "updated_at" datetime);
    ${['uuid', 'identifier'].map((column) => index(prefix, 's_workers', [column], 'unique')).join('')}
    ${['identifier', 'scope', 'active', 'position'].map((column) => index(prefix, 's_workers', [column])).join('')}
    ${index(prefix, 's_tasks', ['identifier', 'action'])}
    ${['status', 'started_by', 'start_at', 'created_at', 'priority'].map((column) => index(prefix, 's_tasks', [column])).join('')}
  `);
}

/** Throws when the database itself cannot be asked. */
export function hasTable({ database, prefix }: TaskTables, name: string): boolean {
  return (
    database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(`${prefix}${name}`) !==
    undefined
  );
}

/** Epoch milliseconds as the column type `datetime` holds them, in UTC. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

// Index names carry no prefix in the runtime, and they are unique to a table there as here.
function index(prefix: string, table: string, columns: readonly string[], unique: 'unique' | '' = ''): string {
  const name = `${table}_${columns.join('_')}_${unique || 'index'}`;
  return `create ${unique} index if not exists "${name}" on "${prefix}${table}" ("${columns.join('", "')}");\n`;
}
