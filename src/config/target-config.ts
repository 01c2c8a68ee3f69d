import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Installation, Place } from '../model/installation.ts';
import type { NamedTarget } from './config-file.ts';
import {
  fromEnvironment,
  fromFile,
  fromFlags,
  half,
  type Described,
  type Secret,
  type TargetWords,
} from './described-target.ts';
import type { Environment } from './environment.ts';

export type TargetConfig = { readonly kind: 'embedded' } | Installation;

/** How an installation is reached, without any credential. */
export type Connection = Omit<Installation, 'secret' | 'token' | 'cookie' | 'csrf' | 'login' | 'database'>;

export interface TargetSources {
  readonly flags: TargetWords;
  readonly env: Environment;
  /** The entry of `emcp.yaml` that is meant, if any. */
  readonly file: NamedTarget | undefined;
  /** All variables, for `${env:NAME}` of the file. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly readStdin: () => Promise<string>;
}

const STOCK = { apiPath: '/api/v1/mcp/{server}', managerPath: '/emcp/{server}', tokenPath: '/api/v1/token' };

export async function resolveTarget(sources: TargetSources): Promise<TargetConfig> {
  if (sources.flags.embedded) {
    if (sources.flags.url ?? sources.flags.target)
      throw usage('two-targets', '--embedded and another target', 'leave one of them out');
    return { kind: 'embedded' };
  }
  const described = describeTarget(sources);
  if (described.url === undefined) return refuseHalf(described);
  return { ...(await connect(described, described.url, sources)), ...(await credentials(described)) };
}

/** How the described target is reached, where it has an address; none of its secrets is read. */
export async function resolveConnection(described: Described, sources: TargetSources): Promise<Connection | undefined> {
  return described.url === undefined ? undefined : connect(described, described.url, sources);
}

/**
 * Flags win over what else describes the same target. What describes another one is left alone: credentials of the
 * environment are never sent to a target of the file, nor the other way round.
 */
export function describeTarget(sources: TargetSources): Described {
  const { flags, file } = sources;
  if (flags.url !== undefined && flags.target !== undefined) {
    throw usage('two-targets', '--url and --target name two targets', 'leave one of them out');
  }
  const own = fromFlags(flags, sources);
  const named = flags.target !== undefined || (flags.url === undefined && !isNamedByEnvironment(sources));
  const below = named && file !== undefined ? fromFile(file, sources.variables) : environmentOf(sources);
  return { ...below, ...own };
}

/** `--config` is a flag, and wins like any other. */
function isNamedByEnvironment({ flags, env }: TargetSources): boolean {
  return env.EMCP_BASE_URL !== undefined && flags.config === undefined;
}

function environmentOf({ flags, env }: TargetSources): Described {
  const described = fromEnvironment(env);
  if (flags.url === undefined || env.EMCP_BASE_URL === undefined) return described;
  const [given, known] = [flags.url, env.EMCP_BASE_URL].map((text) =>
    URL.canParse(text) ? new URL(text).origin : text,
  );
  if (given === known) return described;
  throw usage(
    'two-targets',
    `--url and EMCP_BASE_URL name two targets, and the credentials belong to one`,
    'unset EMCP_BASE_URL',
  );
}

async function connect(described: Described, url: string, sources: TargetSources): Promise<Connection> {
  const { servers, workspace, workerCommand, caFile, timeout, artisanCwd } = described;
  const artisan = argvOf(described.artisan, '--artisan');
  const worker = argvOf(workerCommand, '--worker-command');
  return {
    kind: 'remote',
    ...(described.name === undefined ? {} : { name: described.name }),
    url: baseUrl(url, described.urlSource ?? '--url'),
    apiPath: pathOf(described.apiPath ?? STOCK.apiPath, '--api-path'),
    managerPath: pathOf(described.managerPath ?? STOCK.managerPath, '--manager-path'),
    servers: servers ?? ['content'],
    ...(described.issuer === undefined ? {} : { issuer: described.issuer }),
    place: placeOf(described),
    ...(artisan === undefined ? {} : { artisan }),
    ...(artisanCwd === undefined && artisan === undefined ? {} : { core: artisanCwd ?? '.' }),
    ...(worker === undefined ? {} : { worker }),
    ...(workspace === undefined ? {} : { workspace: resolve(sources.cwd, workspace) }),
    insecure: described.insecure ?? false,
    ...(caFile === undefined ? {} : { ca: await readCa(caFile, sources) }),
    ...(timeout === undefined ? {} : { limits: timeLimits(timeout) }),
    production: described.production ?? false,
  };
}

async function credentials(described: Described) {
  const { tablePrefix = '' } = described;
  const login = await resolveLogin(described);
  const [secret, token, cookie, csrf, database] = await Promise.all(
    [described.secret, described.token, described.cookie, described.csrf, described.database].map(valueOf),
  );
  return {
    ...(secret === undefined ? {} : { secret }),
    ...(token === undefined ? {} : { token }),
    ...(cookie === undefined ? {} : { cookie }),
    ...(csrf === undefined ? {} : { csrf }),
    ...(login === undefined ? {} : { login }),
    ...(database === undefined ? {} : { database: { url: database, prefix: tablePrefix } }),
  };
}

/** The user to log in as, where one is given. */
export async function resolveLogin(described: Described): Promise<Installation['login']> {
  const { username, tokenPath = STOCK.tokenPath } = described;
  if (username === undefined) return undefined;
  const password = await described.password?.();
  if (password === undefined) {
    throw usage('no-password', 'a user is given, but no password', 'set EMCP_PASSWORD, or give --password-file');
  }
  return { username, password, tokenPath: pathOf(tokenPath, '--token-path') };
}

async function valueOf(secret: Secret | undefined): Promise<string | undefined> {
  return secret === undefined ? undefined : secret();
}

function placeOf({ ssh, exec, artisanCwd }: Described): Place {
  const argv = argvOf(exec, '--exec');
  if (ssh !== undefined && argv !== undefined) {
    throw usage('two-places', '--ssh and --exec name two places where commands run', 'leave one of them out');
  }
  const cwd = artisanCwd === undefined ? {} : { cwd: artisanCwd };
  if (ssh !== undefined) return { kind: 'ssh', destination: ssh, ...cwd };
  return argv === undefined ? { kind: 'local', ...cwd } : { kind: 'prefix', argv };
}

/** Words, never a shell line: what only a shell would understand is refused rather than passed on as a word. */
function argvOf(text: string | undefined, flag: string): readonly string[] | undefined {
  if (text === undefined) return undefined;
  if (/["'`$;&|<>\\]/.test(text)) {
    throw usage('shell-words', `${flag} is a command and its words, not a line for a shell`, `${flag} "php artisan"`);
  }
  const words = text.trim().split(/\s+/);
  if (words[0] === '') throw usage('empty-command', `${flag} is empty`, `${flag} "php artisan"`);
  return words;
}

function refuseHalf(described: Described): TargetConfig {
  const given = half(described);
  if (given === undefined) return { kind: 'embedded' };
  const hint = 'give --url, EMCP_BASE_URL or --target, or --embedded to check the embedded server';
  throw usage('half-a-target', `${given} is given, but no target`, hint);
}

function baseUrl(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw usage('bad-url', `${source}: not an http or https URL`, 'a base URL such as https://example.org');
  }
  if (url.username !== '' || url.password !== '') {
    throw usage(
      'url-with-credentials',
      `${source}: a URL with credentials in it`,
      'give credentials by file or environment',
    );
  }
  if (url.search !== '' || url.hash !== '')
    throw usage('bad-url', `${source}: a base URL has no query`, `use ${url.origin}`);
  return url.href.replace(/\/+$/, '');
}

function pathOf(path: string, flag: string): string {
  if (/^https?:/i.test(path)) throw usage('path-is-url', `${flag} is a path, not a URL`, `${flag} ${STOCK.apiPath}`);
  return path.startsWith('/') ? path : `/${path}`;
}

async function readCa(file: string, { cwd }: TargetSources): Promise<string> {
  return readFile(resolve(cwd, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw usage('unreadable-file', `cannot read --ca-file ${file} (${cause.code ?? 'unreadable'})`, 'check the path');
  });
}

function timeLimits(text: string): { readonly firstByteMs: number; readonly totalMs: number } {
  const seconds = Number(text);
  if (!(seconds > 0)) throw usage('bad-timeout', `--timeout ${text} is not a number of seconds`, '--timeout 10');
  return { firstByteMs: seconds * 1000, totalMs: seconds * 2000 };
}

function usage(code: string, message: string, hint: string): UsageError {
  return new UsageError(code, message, { hint });
}
