import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { readCredential, type NamedTarget } from './config-file.ts';
import type { Environment } from './environment.ts';

/** What flags can say of a target, as the command line gives it. */
export interface TargetWords {
  readonly target?: string;
  readonly config?: string;
  readonly url?: string;
  readonly apiPath?: string;
  readonly managerPath?: string;
  readonly server?: readonly string[];
  readonly tokenFile?: string;
  readonly secretFile?: string;
  readonly issuer?: string;
  readonly cookieFile?: string;
  readonly login?: string;
  readonly passwordFile?: string;
  readonly tokenPath?: string;
  readonly artisan?: string;
  readonly artisanCwd?: string;
  readonly ssh?: string;
  readonly exec?: string;
  readonly workerCommand?: string;
  readonly db?: string;
  readonly tablePrefix?: string;
  readonly workspace?: string;
  readonly insecure?: boolean;
  readonly caFile?: string;
  readonly production?: boolean;
  readonly embedded?: boolean;
  readonly timeout?: string;
}

/** A secret that is read when it is needed, so that an unused file or variable is no error. */
export type Secret = () => Promise<string>;

/** A target as one source describes it; what is absent is left to another source or to the stock values. */
export interface Described {
  readonly name?: string;
  readonly url?: string;
  /** What to name when the URL is wrong. */
  readonly urlSource?: string;
  readonly apiPath?: string;
  readonly managerPath?: string;
  readonly servers?: readonly string[];
  readonly token?: Secret;
  readonly secret?: Secret;
  readonly issuer?: string;
  readonly cookie?: Secret;
  readonly csrf?: Secret;
  readonly username?: string;
  readonly password?: Secret;
  readonly tokenPath?: string;
  readonly artisan?: string;
  readonly artisanCwd?: string;
  readonly ssh?: string;
  readonly exec?: string;
  readonly workerCommand?: string;
  readonly database?: Secret;
  readonly tablePrefix?: string;
  readonly workspace?: string;
  readonly insecure?: boolean;
  readonly caFile?: string;
  readonly production?: boolean;
  readonly timeout?: string;
}

interface Reading {
  readonly cwd: string;
  readonly readStdin: () => Promise<string>;
}

export function fromFlags(flags: TargetWords, reading: Reading): Described {
  const file = (path: string | undefined, flag: string): Secret | undefined =>
    path === undefined ? undefined : () => readSecret(path, flag, reading);
  const {
    server,
    tokenFile,
    secretFile,
    cookieFile,
    login,
    passwordFile,
    db,
    target: _target,
    config: _config,
    embedded: _embedded,
    ...same
  } = flags;
  return given({
    ...same,
    urlSource: flags.url === undefined ? undefined : '--url',
    servers: server,
    token: file(tokenFile, '--token-file'),
    secret: file(secretFile, '--secret-file'),
    cookie: file(cookieFile, '--cookie-file'),
    username: login,
    password: file(passwordFile, '--password-file'),
    database: db === undefined ? undefined : databaseFlag(db),
  });
}

export function fromEnvironment(env: Environment): Described {
  const value = (text: string | undefined): Secret | undefined => (text === undefined ? undefined : async () => text);
  return given({
    url: env.EMCP_BASE_URL,
    urlSource: 'EMCP_BASE_URL',
    apiPath: env.EMCP_API_PATH,
    managerPath: env.EMCP_MANAGER_PATH,
    servers: env.EMCP_SERVER_HANDLE === undefined ? undefined : [env.EMCP_SERVER_HANDLE],
    token: value(env.EMCP_API_TOKEN),
    secret: value(env.EMCP_TEST_JWT_SECRET),
    cookie: value(env.EMCP_MANAGER_COOKIE),
    csrf: value(env.EMCP_MANAGER_CSRF),
    username: env.EMCP_USERNAME,
    password: value(env.EMCP_PASSWORD),
    artisanCwd: env.EMCP_CORE_DIR ?? env.EMCP_STASK_WORKER_CWD,
    workerCommand: env.EMCP_STASK_WORKER_CMD,
    database: value(env.EMCP_DATABASE_URL),
  });
}

export function fromFile(
  { name, source, folder, entry, lineOf }: NamedTarget,
  env: Readonly<Record<string, string | undefined>>,
): Described {
  const read = (reference: string | undefined, key: string): Secret | undefined => {
    if (reference === undefined) return undefined;
    const path = ['targets', name, ...key.split('.')];
    const line = lineOf(path);
    const where = { source, ...(line === undefined ? {} : { line }), key: path.join('.') };
    return () => readCredential(reference, { where, folder, env });
  };
  const { allow: _allow, profile: _profile, expect: _expect, login, database, ...same } = entry;
  return given({
    ...same,
    name,
    urlSource: `${source}: targets.${name}.url`,
    token: read(entry.token, 'token'),
    secret: read(entry.secret, 'secret'),
    cookie: read(entry.cookie, 'cookie'),
    csrf: read(entry.csrf, 'csrf'),
    username: login?.username,
    password: read(login?.password, 'login.password'),
    tokenPath: login?.tokenPath,
    database: read(database, 'database'),
    caFile: entry.caFile === undefined ? undefined : resolve(folder, entry.caFile),
    workspace: entry.workspace === undefined ? undefined : resolve(folder, entry.workspace),
  });
}

const NAMES: readonly (readonly [keyof Described, string])[] = [
  ['token', 'a token'],
  ['cookie', 'a manager cookie'],
  ['apiPath', 'an API path'],
  ['managerPath', 'a manager path'],
  ['username', 'a user'],
  ['servers', 'a server handle'],
  ['insecure', '--insecure'],
  ['caFile', '--ca-file'],
  ['artisan', '--artisan'],
  ['ssh', '--ssh'],
  ['database', 'a database'],
  ['secret', 'a signing secret'],
];

/** What is given of a target that has no URL. */
export function half(described: Described): string | undefined {
  return NAMES.find(([key]) => described[key] !== undefined)?.[1];
}

/** Without the keys that say nothing, so that one source can be laid over another. */
function given(described: { readonly [Key in keyof Described]: Described[Key] | undefined }): Described {
  return Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined));
}

async function readSecret(file: string, flag: string, { cwd, readStdin }: Reading): Promise<string> {
  const text = file === '-' ? await readStdin() : await readText(resolve(cwd, file), `${flag} ${file}`);
  const value = text.trim();
  if (value === '')
    throw usage('empty-secret', `${flag} ${file} is empty`, 'write the value into the file, on one line');
  if (/[\r\n]/.test(value))
    throw usage('many-lines', `${flag} ${file} has more than one line`, 'keep only the value in it');
  return value;
}

async function readText(path: string, named: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw usage(
      'unreadable-file',
      `cannot read ${named} (${cause.code ?? 'unreadable'})`,
      'check the path and its permissions',
    );
  });
}

function databaseFlag(url: string): Secret {
  if (URL.canParse(url) && new URL(url).password !== '') {
    throw usage(
      'secret-on-command-line',
      '--db holds a password that everybody on this machine could see',
      'use EMCP_DATABASE_URL',
    );
  }
  return async () => url;
}

function usage(code: string, message: string, hint: string): UsageError {
  return new UsageError(code, message, { hint });
}
