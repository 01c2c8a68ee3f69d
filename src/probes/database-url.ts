import { UsageError } from '../model/errors.ts';
import type { Redactor } from '../model/redaction.ts';
import type { Sqlite } from './database-sqlite.ts';

/** A database server and how to get in. */
export interface ServerUrl {
  readonly kind: 'mysql' | 'postgres';
  readonly host: string;
  readonly port: number;
  /** A socket of this machine instead of host and port; for PostgreSQL the folder it is in. */
  readonly socket: string | undefined;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: 'off' | 'unverified' | 'verified';
}

export type DatabaseUrl =
  | ServerUrl
  | { readonly kind: 'sqlite'; readonly file: string }
  /** One this process has open already. */
  | { readonly kind: 'opened'; readonly database: Sqlite };

const SCHEMES: Readonly<Record<string, { readonly kind: ServerUrl['kind']; readonly port: number }>> = {
  'mysql:': { kind: 'mysql', port: 3306 },
  'mariadb:': { kind: 'mysql', port: 3306 },
  'postgres:': { kind: 'postgres', port: 5432 },
  'postgresql:': { kind: 'postgres', port: 5432 },
};

const TLS: Readonly<Record<string, ServerUrl['tls']>> = {
  disable: 'off',
  require: 'unverified',
  'verify-full': 'verified',
};

/** `sqlite:FILE`, `mysql://…` or `postgres://…`; the password is made known to the redactor before anything else. */
export function parseDatabaseUrl(text: string, redactor: Redactor): DatabaseUrl {
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    return file === '' ? refuse('no file is named after sqlite:') : { kind: 'sqlite', file };
  }
  const url = URL.canParse(text) ? new URL(text) : refuse('this is no URL');
  const password = decode(url.password);
  for (const secret of [url.password, password]) redactor.learn(secret, 'database password');
  const scheme = SCHEMES[url.protocol] ?? refuse('it begins with none of sqlite:, mysql: and postgres:');
  const database = decode(url.pathname.slice(1));
  if (database === '' || url.username === '') refuse('user and database must be named');
  return {
    kind: scheme.kind,
    host: url.hostname === '' ? 'localhost' : url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? scheme.port : Number(url.port),
    user: decode(url.username),
    password,
    database,
    ...optionsOf(url.searchParams),
  };
}

/** The database in a few words, without a credential. */
export function databaseLabel(url: DatabaseUrl): string {
  if (url.kind === 'opened') return 'the embedded database';
  if (url.kind === 'sqlite') return `sqlite ${url.file}`;
  return `${url.kind} ${url.socket ?? `${url.host}:${url.port}`}/${url.database}`;
}

function optionsOf(given: URLSearchParams): Pick<ServerUrl, 'socket' | 'tls'> {
  const unknown = [...given.keys()].find((name) => name !== 'socket' && name !== 'sslmode');
  if (unknown !== undefined) refuse(`there is no option ${JSON.stringify(unknown)}, only socket and sslmode`);
  const tls = TLS[given.get('sslmode') ?? 'disable'] ?? refuse('sslmode is disable, require or verify-full');
  return { socket: given.get('socket') ?? undefined, tls };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refuse(why: string): never {
  throw new UsageError('database-url', `the database URL cannot be used: ${why}`, {
    hint: '--db mysql://user:password@host/database',
  });
}
