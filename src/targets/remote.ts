import { Blocked } from '../model/errors.ts';
import type { Installation } from '../config/installation.ts';
import type { Clock, Ids, Probes, Token } from '../model/probes.ts';
import type { Lease, LeaseRequest, Target, TargetFacts } from '../model/target.ts';
import { realClock, recordedClock } from '../probes/clock.ts';
import { createHttpClient, type HttpClient } from '../probes/http.ts';
import { seededIds } from '../probes/ids.ts';
import { createTokens, credentialCodec, GIVEN_TOKEN, mintProbes, readToken } from '../probes/jwt.ts';
import { createLogin } from '../probes/login.ts';
import { createJournal, type Journal, type Recorder } from '../journal/recorder.ts';
import { createRedactor } from '../journal/redact.ts';
import { cookieSecrets } from '../probes/route.ts';
import { eraFor } from '../protocol/eras/select.ts';
import { hostOffers, hostProbes } from './host.ts';
import { leaseParts } from './lease.ts';
import { offered, offeredIf, offersOf } from './offers.ts';
import { routeProbes } from './routes.ts';
import type { SpokenRevision } from './settings.ts';
import { timeLimits } from './time-limits.ts';

/** An installation, as it is: one world, real time, and whatever credentials there are. */
export function openRemote(settings: Installation & SpokenRevision): {
  readonly target: Target;
  readonly close: () => Promise<void>;
} {
  const redactor = createRedactor();
  learnSecrets(settings, redactor);
  const journal = createJournal(redactor);
  const http = createHttpClient({
    insecure: settings.insecure,
    proxyFromEnvironment: true,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    ...(settings.timeout === undefined ? {} : { limits: timeLimits(settings.timeout) }),
  });
  const target: Target = {
    facts: factsOf(settings),
    redactor,
    journal: journal.entries,
    lease: async (request) => lease({ settings, http, journal, redactor }, request),
  };
  return { target, close: () => http.close() };
}

function learnSecrets({ secrets, cookie }: Installation, redactor: Target['redactor']): void {
  for (const { label, value } of secrets) redactor.learn(value, label);
  if (cookie === undefined) return;
  for (const secret of cookieSecrets(cookie)) redactor.learn(secret, 'manager cookie');
}

interface World {
  readonly settings: Installation & SpokenRevision;
  readonly http: HttpClient;
  readonly journal: Journal;
  readonly redactor: Target['redactor'];
}

function lease({ settings, redactor, ...world }: World, request: LeaseRequest): Lease {
  const { http, recorder, signal, usage, end } = leaseParts(request, world.http, world.journal);
  const clock = realClock(signal);
  const ids = seededIds(request.seed, request.check);
  const shared = {
    http,
    era: eraFor(settings.protocolVersion),
    baseUrl: new URL(settings.url),
    servers: settings.servers,
    recorder,
    personalData: world.journal.personalData,
    ids,
  };
  const { cookie, csrf } = settings;
  const login = loginOf(settings);
  return {
    clock: recordedClock(clock, recorder),
    ids,
    signal,
    usage,
    probes: {
      ...routeProbes(shared, settings),
      ...tokenProbes(settings, { clock, ids, recorder }),
      ...hostProbes(settings, { recorder, signal, redactor }),
      ...(cookie === undefined ? {} : { session: { sound: async () => ({ label: 'manager cookie', cookie, csrf }) } }),
      ...(login === undefined
        ? {}
        : {
            login: createLogin({
              ...shared,
              ...login,
              redactor,
              name: 'login',
              path: login.tokenPath,
              defaultPath: login.tokenPath,
            }),
          }),
    },
    release: end,
  };
}

/** Whom to log in as, where name and password are both there. */
function loginOf({ username, password, tokenPath }: Installation) {
  return username === undefined || password === undefined ? undefined : { username, password, tokenPath };
}

interface Minting {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly recorder: Recorder;
}

/** Where both are there the secret is used: it gives every check an identity of its own. */
function tokenProbes({ secret, issuer, token }: Installation, { clock, ids, recorder }: Minting): Partial<Probes> {
  if (secret !== undefined) {
    return mintProbes({ secret, issuer, clock, ids });
  }
  if (token === undefined) return {};
  const read = async (): Promise<Token> => {
    const asked = { request: { label: GIVEN_TOKEN } };
    return (await recorder.record(credentialCodec, asked, async () => given(token, clock))).value;
  };
  return { token: createTokens(read, clock) };
}

function given(value: string, clock: Clock): Token {
  const token = readToken(value, GIVEN_TOKEN);
  if (token.expires !== undefined && token.expires * 1000 <= clock.now()) {
    throw new Blocked('the given token has expired: obtain a new one', 'the same command with a new token');
  }
  return token;
}

function factsOf(settings: Installation): TargetFacts {
  const { secret, token, cookie } = settings;
  const scopes = secret === undefined && token !== undefined ? readToken(token, 'given token').scopes : undefined;
  const noToken = 'no token: give --token-file, --secret-file, EMCP_API_TOKEN or EMCP_TEST_JWT_SECRET';
  return {
    kind: 'remote',
    label: settings.url,
    url: settings.url,
    apiPath: settings.apiPath,
    managerPath: settings.managerPath,
    servers: settings.servers,
    insecure: settings.insecure,
    production: settings.production,
    isolated: false,
    realTime: true,
    ...(settings.timeout === undefined ? {} : { responseLimitMs: settings.timeout * 1000 }),
    sharedIdentities: secret === undefined ? ['mcp', 'manager'] : ['manager'],
    ...(scopes === undefined ? {} : { tokenScopes: scopes }),
    offers: offersOf(
      {
        mcp: offered(settings.url),
        manager: offered(settings.url),
        stream: offered(settings.url),
        token: offeredIf(secret ?? token, secret === undefined ? 'the given token' : 'the signing secret', noToken),
        mint: offeredIf(
          secret,
          'the signing secret',
          'needs the signing secret: give --secret-file or EMCP_TEST_JWT_SECRET',
        ),
        session: offeredIf(
          cookie,
          'the manager cookie',
          'needs a manager session: give --cookie-file or EMCP_MANAGER_COOKIE',
        ),
        unprivileged: {
          offered: false,
          because: 'needs managers without permission, which only the embedded server has',
        },
        ...hostOffers(settings),
        login: offeredIf(loginOf(settings), 'the configured user', 'needs a user: give --login and a password'),
      },
      'not configured for this target',
    ),
  };
}
