import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError } from '../model/errors.ts';
import type { Lease, LeaseRequest, Target, TargetFacts } from '../model/target.ts';
import type { Session } from '../model/probes.ts';
import { ownedClock, recordedClock } from '../probes/clock.ts';
import { createHttpClient, type HttpClient } from '../probes/http.ts';
import { seededIds } from '../probes/ids.ts';
import { mintProbes } from '../probes/jwt.ts';
import { createLogin } from '../probes/login.ts';
import { createDatabaseProbe } from '../probes/database.ts';
import { createJournal, type Journal } from '../journal/recorder.ts';
import { createRedactor } from '../journal/redact.ts';
import { eraFor } from '../protocol/eras/select.ts';
import { fixtureSite } from '../server/content/fixture.ts';
import { listen } from '../server/listen.ts';
import type { EmcpServer } from '../server/server.ts';
import { resolveSettings, UnknownSetting } from '../server/settings.ts';
import { createTweakedServer } from '../server/tweaked-server.ts';
import { createEmbeddedConsole } from './embedded-console.ts';
import { embeddedFailures } from './embedded-failures.ts';
import { offered, offersOf } from './offers.ts';
import { leaseParts } from './lease.ts';
import { askOpenStreams, countStreams } from './open-streams.ts';
import { routeProbes } from './routes.ts';
import { STOCK_API_PATH, STOCK_MANAGER_PATH, type EmbeddedSettings, type SpokenRevision } from './settings.ts';

/** Users of the fixture site (`src/server/content/fixture.ts`). */
const USERS = { sound: 1, emcp: 2, emcp_dispatch: 3 } as const;

/** A fresh reference server and a fresh clock for every check, reached over real sockets. */
export function openEmbedded(settings: EmbeddedSettings & SpokenRevision): {
  readonly target: Target;
  readonly close: () => Promise<void>;
} {
  refuseUnknownSettings(settings);
  const redactor = createRedactor();
  const journal = createJournal(redactor);
  const http = createHttpClient();
  const secret = randomBytes(32).toString('hex');
  redactor.learn(secret, 'signing secret');
  const world: World = { settings, secret, http, journal, redactor };
  const target: Target = {
    facts: factsOf(settings),
    redactor,
    journal: journal.entries,
    lease: (request) => lease(world, request),
  };
  return { target, close: () => http.close() };
}

/** Before the first check: a profile with a mistyped setting is the operator's to mend. */
function refuseUnknownSettings({ settings }: EmbeddedSettings): void {
  try {
    resolveSettings(settings);
  } catch (error) {
    if (!(error instanceof UnknownSetting)) throw error;
    const where = { source: 'profile', key: `settings.${error.key}` };
    throw new UsageError('unknown-setting', 'unknown setting', { where, hint: `did you mean ${error.nearest}?` });
  }
}

interface World {
  readonly settings: EmbeddedSettings & SpokenRevision;
  readonly secret: string;
  readonly http: HttpClient;
  readonly journal: Journal;
  readonly redactor: Target['redactor'];
}

async function lease(world: World, request: LeaseRequest): Promise<Lease> {
  const { settings, secret, redactor } = world;
  const { http, signal, usage, settled, ...parts } = leaseParts(request, world.http, world.journal);
  const clock = ownedClock();
  const ids = seededIds(request.seed, request.check);
  const server = await startServer(settings, secret, () => clock.now());
  const streams = countStreams(server.app);
  const failures = embeddedFailures();
  const wire = settings.tweak?.wire;
  const listening = await listen(streams.app, { onError: failures.remember, ...(wire === undefined ? {} : { wire }) });
  const recorder = failures.surfacedBy(parts.recorder);
  const shared = {
    http,
    era: eraFor(settings.protocolVersion),
    baseUrl: new URL(listening.url),
    servers: ['content'],
    recorder,
    personalData: world.journal.personalData,
    ids,
  };
  const sessionOf = (userId: number, label: string): Session => {
    const { id, csrfToken } = server.services.sessions.signIn(userId);
    return { label, cookie: `${server.settings.sessionCookie}=${id}`, csrf: csrfToken };
  };
  return {
    clock: recordedClock(clock, recorder),
    ids,
    signal,
    usage,
    probes: {
      ...routeProbes(shared, {
        apiPath: settings.apiPath ?? STOCK_API_PATH,
        managerPath: settings.managerPath ?? STOCK_MANAGER_PATH,
        open: askOpenStreams(streams, recorder),
      }),
      ...mintProbes({ secret, clock, ids }),
      session: { sound: async () => sessionOf(USERS.sound, 'manager session') },
      unprivileged: { session: async (lacks) => sessionOf(USERS[lacks], `manager session without ${lacks}`) },
      login: createLogin({
        ...shared,
        redactor,
        name: 'login',
        path: '/api/v1/token',
        defaultPath: '/api/v1/token',
        ...adminOf(settings),
      }),
      ...createEmbeddedConsole(server.console, recorder),
      database: createDatabaseProbe({
        url: { kind: 'opened', database: server.store.opened().database },
        prefix: server.store.opened().prefix,
        recorder,
        signal,
      }),
    },
    async release() {
      await listening.close();
      await server.close();
      await settled();
    },
  };
}

async function startServer(
  { settings, site, tweak }: EmbeddedSettings,
  secret: string,
  now: () => number,
): Promise<EmcpServer> {
  // Failures eMCP would log are answers, which the probes see; what is no answer reaches the listener.
  const ports = { now, uuid: () => randomUUID(), log: () => undefined, sleep: realSleep };
  const options = site === undefined ? { tweak } : { tweak, site };
  const server = createTweakedServer({ SAPI_JWT_SECRET: secret, ...settings }, ports, options);
  await server.start();
  return server;
}

/** The first user of the tables may log in; the fixture keeps passwords as they are. */
function adminOf({ site = fixtureSite }: EmbeddedSettings): { readonly username: string; readonly password: string } {
  const [user] = site['users'] ?? [];
  return { username: String(user?.['username'] ?? ''), password: String(user?.['password'] ?? '') };
}

async function realSleep(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

function factsOf({ apiPath, managerPath }: EmbeddedSettings): TargetFacts {
  const here = offered('the embedded server');
  return {
    kind: 'embedded',
    label: 'embedded reference server, not an installation',
    url: undefined,
    apiPath: apiPath ?? STOCK_API_PATH,
    managerPath: managerPath ?? STOCK_MANAGER_PATH,
    servers: ['content'],
    insecure: false,
    production: false,
    isolated: true,
    realTime: false,
    sharedIdentities: [],
    offers: offersOf(
      {
        mcp: here,
        manager: here,
        stream: here,
        token: here,
        mint: here,
        session: here,
        unprivileged: here,
        login: here,
        artisan: here,
        worker: here,
        database: here,
      },
      'the embedded server has none',
    ),
  };
}
