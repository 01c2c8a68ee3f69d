import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Environment } from './environment.ts';

/** What flags can say of a target, as the command line gives it. */
export interface TargetWords {
  readonly url?: string;
  readonly apiPath?: string;
  readonly managerPath?: string;
  readonly server?: readonly string[];
  readonly tokenFile?: string;
  readonly secretFile?: string;
  readonly cookieFile?: string;
  readonly login?: string;
  readonly passwordFile?: string;
  readonly tokenPath?: string;
  readonly insecure?: boolean;
  readonly caFile?: string;
  readonly production?: boolean;
  readonly embedded?: boolean;
  readonly timeout?: string;
}

/** An installation, completely described. */
export interface RemoteConfig {
  readonly kind: 'remote';
  readonly url: string;
  readonly apiPath: string;
  readonly managerPath: string;
  readonly servers: readonly string[];
  readonly secret?: string;
  readonly token?: string;
  readonly cookie?: string;
  readonly csrf?: string;
  readonly login?: { readonly username: string; readonly password: string; readonly tokenPath: string };
  readonly insecure: boolean;
  readonly ca?: string;
  readonly limits?: { readonly firstByteMs: number; readonly totalMs: number };
  readonly production: boolean;
}

export type TargetConfig = { readonly kind: 'embedded' } | RemoteConfig;

export interface TargetSources {
  readonly flags: TargetWords;
  readonly env: Environment;
  readonly cwd: string;
  readonly readStdin: () => Promise<string>;
}

const STOCK = { apiPath: '/api/v1/mcp/{server}', managerPath: '/emcp/{server}', tokenPath: '/api/v1/token' };

/** Flags win over the environment. A target that is described by halves is refused: it would be checked by accident. */
export async function resolveTarget(sources: TargetSources): Promise<TargetConfig> {
  const { flags, env } = sources;
  if (flags.embedded) {
    if (flags.url !== undefined)
      throw usage('two-targets', '--embedded and --url name two targets', 'leave one of them out');
    return { kind: 'embedded' };
  }
  const url = flags.url ?? env.EMCP_BASE_URL;
  if (url === undefined) return refuseHalf(sources);
  return {
    kind: 'remote',
    url: baseUrl(url, flags.url === undefined ? 'EMCP_BASE_URL' : '--url'),
    apiPath: pathOf(flags.apiPath ?? env.EMCP_API_PATH ?? STOCK.apiPath, '--api-path'),
    managerPath: pathOf(flags.managerPath ?? env.EMCP_MANAGER_PATH ?? STOCK.managerPath, '--manager-path'),
    servers: flags.server ?? [env.EMCP_SERVER_HANDLE ?? 'content'],
    ...(await credentials(sources)),
    insecure: flags.insecure ?? false,
    ...(flags.caFile === undefined ? {} : { ca: await readText(flags.caFile, '--ca-file', sources) }),
    ...(flags.timeout === undefined ? {} : { limits: timeLimits(flags.timeout) }),
    production: flags.production ?? false,
  };
}

async function credentials(sources: TargetSources) {
  const { flags, env } = sources;
  const secret = await secretOf(flags.secretFile, '--secret-file', env.EMCP_TEST_JWT_SECRET, sources);
  const token = await secretOf(flags.tokenFile, '--token-file', env.EMCP_API_TOKEN, sources);
  const cookie = await secretOf(flags.cookieFile, '--cookie-file', env.EMCP_MANAGER_COOKIE, sources);
  const csrf = env.EMCP_MANAGER_CSRF;
  const username = flags.login ?? env.EMCP_USERNAME;
  const login = username === undefined ? undefined : await loginOf(username, sources);
  return {
    ...(secret === undefined ? {} : { secret }),
    ...(token === undefined ? {} : { token }),
    ...(cookie === undefined ? {} : { cookie }),
    ...(csrf === undefined ? {} : { csrf }),
    ...(login === undefined ? {} : { login }),
  };
}

async function loginOf(username: string, sources: TargetSources): Promise<NonNullable<RemoteConfig['login']>> {
  const { flags, env } = sources;
  const password = await secretOf(flags.passwordFile, '--password-file', env.EMCP_PASSWORD, sources);
  if (password === undefined) {
    throw usage('no-password', 'a user is given, but no password', 'set EMCP_PASSWORD, or give --password-file');
  }
  return { username, password, tokenPath: pathOf(flags.tokenPath ?? STOCK.tokenPath, '--token-path') };
}

async function secretOf(
  file: string | undefined,
  flag: string,
  fromEnvironment: string | undefined,
  sources: TargetSources,
): Promise<string | undefined> {
  if (file === undefined) return fromEnvironment;
  const text = (await readText(file, flag, sources)).trim();
  if (text === '')
    throw usage('empty-secret', `${flag} ${file} is empty`, 'write the value into the file, on one line');
  if (/[\r\n]/.test(text))
    throw usage('many-lines', `${flag} ${file} has more than one line`, 'keep only the value in it');
  return text;
}

async function readText(file: string, flag: string, { cwd, readStdin }: TargetSources): Promise<string> {
  if (file === '-') return readStdin();
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw usage('unreadable-file', `cannot read ${flag} ${file} (${code})`, 'check the path and its permissions');
  }
}

const HALVES = {
  url: ['apiPath', 'managerPath', 'server', 'tokenFile', 'secretFile', 'cookieFile', 'login', 'insecure', 'caFile'],
  env: ['EMCP_API_TOKEN', 'EMCP_API_PATH', 'EMCP_MANAGER_PATH', 'EMCP_MANAGER_COOKIE'],
} as const;

function refuseHalf({ flags, env }: TargetSources): TargetConfig {
  const flag = HALVES.url.find((name) => flags[name] !== undefined);
  const variable = HALVES.env.find((name) => env[name] !== undefined);
  const half = flag === undefined ? variable : `--${flag.replaceAll(/[A-Z]/g, (upper) => `-${upper.toLowerCase()}`)}`;
  if (half === undefined) return { kind: 'embedded' };
  throw usage(
    'half-a-target',
    `${half} is given, but no target`,
    'give --url or EMCP_BASE_URL, or --embedded to check the embedded server',
  );
}

function baseUrl(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw usage('bad-url', `${source}: not an http or https URL`, `${source} https://example.org`);
  }
  if (url.username !== '' || url.password !== '') {
    throw usage(
      'url-with-credentials',
      `${source}: a URL with credentials in it`,
      'give credentials by file or environment',
    );
  }
  if (url.search !== '' || url.hash !== '')
    throw usage('bad-url', `${source}: a base URL has no query`, `${source} ${url.origin}`);
  return url.href.replace(/\/+$/, '');
}

function pathOf(path: string, flag: string): string {
  if (/^https?:/i.test(path)) throw usage('path-is-url', `${flag} is a path, not a URL`, `${flag} ${STOCK.apiPath}`);
  return path.startsWith('/') ? path : `/${path}`;
}

function timeLimits(text: string): { readonly firstByteMs: number; readonly totalMs: number } {
  const seconds = Number(text);
  if (!(seconds > 0)) throw usage('bad-timeout', `--timeout ${text} is not a number of seconds`, '--timeout 10');
  return { firstByteMs: seconds * 1000, totalMs: seconds * 2000 };
}

function usage(code: string, message: string, hint: string): UsageError {
  return new UsageError(code, message, { hint });
}
