import { randomBytes, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openCatalogue, profilesFolder } from '../../catalogue/index.ts';
import { loadProfile } from '../../config/load.ts';
import { oneLine, readSecretFile } from '../../config/secret-file.ts';
import { readTable } from '../../config/table-file.ts';
import { errorCode, UsageError } from '../../model/errors.ts';
import type { SiteTables } from '../../server/content/site.ts';
import { storeOpener } from '../../server/dispatch/store.ts';
import { listen, type Listening } from '../../server/listen.ts';
import type { EmcpServer } from '../../server/server.ts';
import { issueToken } from '../../server/services/token-issuer.ts';
import { UnknownSetting } from '../../server/settings.ts';
import type { ServerTweak } from '../../server/tweak.ts';
import { createTweakedServer } from '../../server/tweaked-server.ts';
import { openAuditFile, type AuditFile } from '../audit-file.ts';
import { EXIT } from '../exit.ts';
import { loadTweak } from '../fault-tweak.ts';
import type { Io } from '../io.ts';
import { concludeOutputs } from '../lost-output.ts';
import { assertSeparate } from '../separate-places.ts';
import { environmentOf } from '../target-sources.ts';

export interface ServeFlags {
  readonly profile: string;
  readonly port: string;
  readonly host: string;
  readonly settings?: string;
  readonly site?: string;
  readonly jwtSecret?: string;
  readonly jwtSecretFile?: string;
  readonly printEnv?: boolean;
  readonly fault?: string;
  readonly audit?: string;
  readonly store?: string;
  readonly runWorker?: boolean;
  readonly worker: 'auto' | 'manual' | 'off';
}

const MANAGER = 1;

/** Serves until a signal comes; everything that is wrong is said before the port is taken. */
export async function runServe(flags: ServeFlags, io: Io): Promise<number> {
  environmentOf({ command: 'emcp serve', read: () => [], because: 'it asks no target' }, io);
  const secret = await secretOf(flags, io);
  const tweak = flags.fault === undefined ? {} : await loadFault(flags.fault);
  const audit = await openAudit(flags, io);
  const building = { flags, io, secret, tweak, audit };
  const server = await build(building);
  let code: number;
  try {
    code = await (flags.runWorker ? runWorkerOnce(server, flags, io) : serveUntilStopped(server, building));
  } finally {
    await server.close();
  }
  return concludeOutputs(code, audit?.lost() ?? [], io);
}

async function openAudit({ audit, store }: ServeFlags, io: Io): Promise<AuditFile | undefined> {
  if (audit === undefined) return undefined;
  const file = resolve(io.cwd, audit);
  const own = store === undefined ? [] : ['', '-wal', '-shm'].map((end) => resolve(io.cwd, `${store}${end}`));
  await assertSeparate([
    { named: `--store ${store}`, files: own },
    { named: `--audit ${audit}`, files: [file] },
  ]);
  return openAuditFile(file, io);
}

async function serveUntilStopped(server: EmcpServer, { flags, io, secret, tweak }: Building): Promise<number> {
  await openStore(server, flags, io);
  const listening = await bind(server, { flags, io, tweak });
  try {
    await server.start();
    await untilStopped(io, () => announce({ flags, io, secret, server, listening }));
  } finally {
    await listening.close();
  }
  return EXIT.ok;
}

/** Whoever reads the announcement may stop the server at once. */
async function untilStopped(io: Io, announceIt: () => void): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    const ignore = io.onSignal(() => {
      ignore();
      resolve();
    });
  });
  announceIt();
  await stopped;
}

/** One pass over the queued rows of a store another server may be using. */
async function runWorkerOnce(server: EmcpServer, flags: ServeFlags, io: Io): Promise<number> {
  if (flags.store === undefined) {
    throw new UsageError('no-store', '--run-worker has no tasks to run without a store', { hint: 'add --store FILE' });
  }
  await openStore(server, flags, io);
  const { exit, stdout, stderr } = await server.console(['stask:worker']);
  io.out(stdout);
  io.err(stderr);
  return exit === 0 ? EXIT.ok : EXIT.failed;
}

/** Whatever keeps SQLite from opening it or from making its tables is in the file, its folder or the permissions. */
async function openStore({ store }: EmcpServer, flags: ServeFlags, io: Io): Promise<void> {
  try {
    await store.open();
  } catch (error) {
    if (flags.store === undefined) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError('bad-store', `${resolve(io.cwd, flags.store)} cannot be used as a store: ${why}`, {
      where: { source: '--store' },
      hint: '--store FILE: a SQLite database, or a file that is not there yet, where you may write',
    });
  }
}

interface Building {
  readonly flags: ServeFlags;
  readonly io: Io;
  readonly secret: string;
  readonly tweak: ServerTweak;
  readonly audit: AuditFile | undefined;
}

async function build({ flags, io, secret, tweak, audit }: Building): Promise<EmcpServer> {
  const profile = await loadProfile(flags.profile, { folder: profilesFolder(), cwd: io.cwd });
  const own = flags.settings === undefined ? {} : await readTable(resolve(io.cwd, flags.settings));
  const site = flags.site === undefined ? {} : { site: (await readTable(resolve(io.cwd, flags.site))) as SiteTables };
  const store = storeOpener(flags.store === undefined ? {} : { file: resolve(io.cwd, flags.store) });
  const options = { ...site, store, worker: workerMode(flags.worker), tweak };
  const settings = { SAPI_JWT_SECRET: secret, ...profile.settings, ...own };
  const ports = { now: () => Date.now(), uuid: () => randomUUID(), log: logTo(audit), sleep };
  try {
    return createTweakedServer(settings, ports, options);
  } catch (error) {
    if (!(error instanceof UnknownSetting)) throw error;
    const where = { source: flags.settings ?? 'profile', key: error.key };
    throw new UsageError('unknown-setting', 'unknown setting', { where, hint: `did you mean ${error.nearest}?` });
  }
}

async function secretOf({ jwtSecret, jwtSecretFile }: ServeFlags, io: Io): Promise<string> {
  if (jwtSecretFile === undefined) {
    return jwtSecret === undefined ? randomBytes(32).toString('hex') : oneLine(jwtSecret, '--jwt-secret');
  }
  if (jwtSecret === undefined) {
    return readSecretFile(jwtSecretFile, {
      name: '--jwt-secret-file',
      folder: io.cwd,
      readStdin: async () => io.readStdin(),
    });
  }
  throw new UsageError('useless-flag', 'has no effect with --jwt-secret-file', {
    where: { source: '--jwt-secret' },
    hint: 'leave --jwt-secret or --jwt-secret-file out',
  });
}

async function loadFault(id: string): Promise<ServerTweak> {
  const catalogue = await openCatalogue();
  if (!catalogue.faults.some((fault) => fault.id === id)) {
    throw new UsageError('unknown-fault', `there is no fault ${id}`, {
      hint: `one of ${catalogue.faults.map((fault) => fault.id).join(', ')}`,
    });
  }
  return loadTweak(catalogue, id);
}

function workerMode(word: string): 'auto' | 'manual' | 'off' {
  if (word === 'auto' || word === 'manual' || word === 'off') return word;
  throw new UsageError('bad-worker', `--worker ${word}: no such mode`, { hint: '--worker auto, manual or off' });
}

interface Binding {
  readonly flags: ServeFlags;
  readonly io: Io;
  readonly tweak: ServerTweak;
}

async function bind(server: EmcpServer, { flags, io, tweak: { wire } }: Binding): Promise<Listening> {
  const port = Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError('bad-port', `--port ${flags.port} is not a port`, {
      hint: '--port 8787, or --port 0 for a free one',
    });
  }
  try {
    const onError = (error: unknown): void => io.err(`emcp: internal error of the server: ${traceOf(error)}\n`);
    return await listen(server.app, { host: flags.host, port, onError, ...(wire === undefined ? {} : { wire }) });
  } catch (cause) {
    const code = errorCode(cause);
    const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be listened on (${code ?? 'unknown'})`;
    throw new UsageError('port-taken', `${flags.host}:${port} ${why}`, { hint: 'emcp serve --port 0' });
  }
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}

/** Tokens never reach this; contract §2.7 names the fields. */
function logTo(audit: AuditFile | undefined) {
  return (channel: string, line: Readonly<Record<string, unknown>>): void => {
    if (channel === 'audit') audit?.append(line);
  };
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

interface Serving {
  readonly flags: ServeFlags;
  readonly io: Io;
  readonly secret: string;
  readonly server: EmcpServer;
  readonly listening: Listening;
}

function announce({ flags, io, secret, server, listening }: Serving): void {
  const { apiPath, managerPath } = pathsOf(server);
  const session = server.services.sessions.signIn(MANAGER);
  const cookie = `${server.settings.sessionCookie}=${session.id}`;
  if (flags.printEnv) {
    const variables = {
      EMCP_BASE_URL: listening.url,
      EMCP_API_PATH: apiPath,
      EMCP_MANAGER_PATH: managerPath,
      EMCP_TEST_JWT_SECRET: secret,
      EMCP_MANAGER_COOKIE: cookie,
      EMCP_MANAGER_CSRF: session.csrfToken,
    };
    io.out(
      Object.entries(variables)
        .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`)
        .join(''),
    );
    io.err(`serving ${listening.url}${apiPath}; stop with Ctrl-C\n`);
    return;
  }
  const scoped = { ...server.settings, sapi: { ...server.settings.sapi, jwtScopes: ['mcp:read', 'mcp:call'] } };
  const token = issueToken('emcp', scoped, { now: () => Date.now() });
  const api = `${listening.url}${apiPath.replace('{server}', 'content')}`;
  const body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';
  io.out(
    [
      `API      ${api}`,
      `manager  ${listening.url}${managerPath.replace('{server}', 'content')}`,
      `token    ${token}`,
      `try      curl -sS ${api} -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '${body}'`,
      '',
    ].join('\n'),
  );
  io.err('serving; stop with Ctrl-C\n');
}

function pathsOf({ settings }: EmcpServer): { readonly apiPath: string; readonly managerPath: string } {
  const { route, sapi } = settings;
  const slashed = (...parts: readonly string[]): string => `/${parts.filter((part) => part !== '').join('/')}`;
  return {
    apiPath: slashed(sapi.basePath, 'v1', route.apiPrefix, '{server}'),
    managerPath: slashed(route.managerPrefix, '{server}'),
  };
}
