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

export interface SqliteFile {
  readonly kind: 'sqlite';
  readonly file: string;
}

/** Why a text is no URL of a database, without a word of it: any of them may be its password. */
export interface UnusableUrl {
  readonly kind: 'unusable';
  readonly why: string;
}

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

const OPTIONS = ['socket', 'sslmode'];

/** `sqlite:FILE`, `mysql://…` or `postgres://…`. */
export function readDatabaseUrl(text: string): ServerUrl | SqliteFile | UnusableUrl {
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    return file === '' ? unusable('no file is named after sqlite:') : { kind: 'sqlite', file };
  }
  if (!URL.canParse(text)) return unusable('this is no URL; what is special in a password is written as %XX');
  const url = new URL(text);
  const scheme = SCHEMES[url.protocol];
  if (scheme === undefined) return unusable('it begins with none of sqlite:, mysql: and postgres:');
  const database = decode(url.pathname.slice(1));
  if (database === '' || url.username === '') return unusable('user and database must be named');
  if ([...url.searchParams.keys()].some((name) => !OPTIONS.includes(name)))
    return unusable(`it has another option than ${OPTIONS.join(' and ')}`);
  const tls = TLS[url.searchParams.get('sslmode') ?? 'disable'];
  if (tls === undefined) return unusable(`sslmode is none of ${Object.keys(TLS).join(', ')}`);
  return {
    kind: scheme.kind,
    host: url.hostname === '' ? 'localhost' : url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? scheme.port : Number(url.port),
    socket: url.searchParams.get('socket') ?? undefined,
    user: decode(url.username),
    password: decode(url.password),
    database,
    tls,
  };
}

function unusable(why: string): UnusableUrl {
  return { kind: 'unusable', why };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
