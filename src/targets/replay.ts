import { createReplay } from '../journal/replay.ts';
import { createPersonalData } from '../journal/personal-data.ts';
import { createRedactor } from '../journal/redact.ts';
import { Blocked, UsageError } from '../model/errors.ts';
import type { EntryKind, EntryOf, JournalEntry } from '../model/journal-entry.ts';
import type { Clock, Ids, Probes } from '../model/probes.ts';
import { journalOf } from '../model/report.ts';
import type { Lease, LeaseRequest, Target, TargetFacts } from '../model/target.ts';
import { createArtisanProbe } from '../probes/artisan.ts';
import { realClock, recordedClock } from '../probes/clock.ts';
import { createConfigProbe } from '../probes/config.ts';
import { createDatabaseProbe } from '../probes/database.ts';
import type { HttpClient } from '../probes/http.ts';
import { seededIds } from '../probes/ids.ts';
import { createTokens, credentialCodec, GIVEN_TOKEN, mintProbes } from '../probes/jwt.ts';
import { createLogin } from '../probes/login.ts';
import type { Shell } from '../probes/shell.ts';
import { createWorkerProbe } from '../probes/worker.ts';
import { createWorkspaceProbe } from '../probes/workspace.ts';
import type { Era } from '../protocol/eras/era.ts';
import { eraFor } from '../protocol/eras/select.ts';
import { createEmbeddedConsole } from './embedded-console.ts';
import { leaseParts, type LeaseParts } from './lease.ts';
import { offersOf } from './offers.ts';
import { askOpenStreams } from './open-streams.ts';
import { routeProbes } from './routes.ts';
import type { ReplaySettings, SpokenRevision } from './settings.ts';

interface Saved {
  readonly facts: TargetFacts;
  readonly entries: readonly JournalEntry[];
  readonly redactor: Target['redactor'];
  readonly era: Era;
}

/**
 * A saved run as a target: the same probes over recorders that read. Nothing is sent and nothing is waited for; a check
 * that asks what the run did not ask is blocked.
 */
export function openReplay({ report, protocolVersion }: ReplaySettings & SpokenRevision): {
  readonly target: Target;
  readonly close: () => Promise<void>;
} {
  if (report.run.planned === undefined) {
    const hint = 'run the checks again';
    throw new UsageError('run-not-replayable', 'the run was saved by an emcp that kept too little of it', { hint });
  }
  const facts = { ...report.target, offers: offersOf(report.target.offers, 'the saved run does not say') };
  const saved = { facts, entries: journalOf(report), redactor: createRedactor(), era: eraFor(protocolVersion) };
  const target: Target = {
    facts,
    redactor: saved.redactor,
    journal: () => report.journal,
    lease: async (request) => lease(saved, request),
  };
  return { target, close: async () => undefined };
}

function lease(saved: Saved, request: LeaseRequest): Lease {
  const entries = saved.entries.filter(({ check }) => check === request.check);
  const replay = createReplay(entries, saved.redactor, () => http.allowance.repeat());
  const { http, signal, usage, end, recorder } = leaseParts(request, NO_NETWORK, { recorderFor: () => replay });
  const ids = seededIds(request.seed, request.check);
  const clock = realClock(signal);
  const all = probesOf(saved, { entries, http, recorder, signal, clock, ids });
  return {
    clock: recordedClock(clock, recorder),
    ids,
    signal,
    usage: () => ({ ...usage(), overBudget: replay.overBudget() ?? usage().overBudget }),
    probes: Object.fromEntries(Object.entries(all).filter(([name]) => isOffered(saved, name))),
    release: end,
  };
}

function isOffered({ facts }: Saved, name: string): boolean {
  return Object.entries(facts.offers).some(([offered, offer]) => offered === name && offer.offered);
}

interface Leased extends Pick<LeaseParts, 'http' | 'recorder' | 'signal'> {
  /** Of this check. */
  readonly entries: readonly JournalEntry[];
  readonly clock: Clock;
  readonly ids: Ids;
}

/** All there are; what the run did not have is left out afterwards. */
function probesOf(saved: Saved, leased: Leased): Partial<Probes> {
  const { facts, redactor, era } = saved;
  const { http, recorder, ids, signal, clock } = leased;
  const shared = {
    http,
    recorder,
    ids,
    era,
    servers: facts.servers,
    baseUrl: new URL(facts.url ?? originOf(leased.entries)),
    personalData: createPersonalData(),
  };
  const given = async () =>
    (await recorder.record(credentialCodec, { request: { label: GIVEN_TOKEN } }, NOTHING_PERFORMED)).value;
  const session = async () => ({ label: sessionLabel(saved), cookie: '', csrf: undefined });
  const login = loginPlace(leased.entries);
  return {
    ...routeProbes(shared, {
      ...facts,
      ...(facts.kind === 'embedded' ? { open: askOpenStreams({ count: () => 0 }, recorder) } : {}),
    }),
    ...(facts.offers.mint.offered
      ? mintProbes({ secret: NO_SECRET, clock, ids })
      : { token: createTokens(given, clock) }),
    session: { sound: session },
    unprivileged: { session: async (lacks) => ({ ...(await session()), label: `manager session without ${lacks}` }) },
    login: createLogin({ ...shared, ...login, redactor, password: NO_SECRET }),
    ...hostProbes(saved, { recorder, signal }),
    database: createDatabaseProbe({
      url: { kind: 'sqlite', file: '' },
      prefix: first(saved.entries, 'database')?.request.prefix ?? '',
      recorder,
      signal,
    }),
  };
}

/** The console and the files, as the run described where they are. */
function hostProbes({ facts, entries }: Saved, { recorder, signal }: Pick<Leased, 'recorder' | 'signal'>) {
  if (facts.kind === 'embedded') return createEmbeddedConsole(NOTHING_PERFORMED, recorder);
  const over = (where = 'local') => ({ recorder, signal, shell: shellAt(where) });
  const requestOf = (probe: 'artisan' | 'worker') => {
    const own = entries.find((entry) => entry.kind === 'command' && entry.probe === probe);
    return own?.kind === 'command' ? own.request : { program: [], where: undefined };
  };
  const settings = entries.find((entry) => entry.kind === 'file' && entry.probe === 'config');
  const [artisan, worker] = [requestOf('artisan'), requestOf('worker')];
  return {
    artisan: createArtisanProbe({ ...over(artisan.where), command: artisan.program }),
    worker: createWorkerProbe({ ...over(worker.where), command: worker.program }),
    config: createConfigProbe({ ...over(settings?.kind === 'file' ? settings.request.where : undefined), root: '.' }),
    workspace: createWorkspaceProbe(over()),
  };
}

function first<Kind extends EntryKind>(entries: readonly JournalEntry[], kind: Kind): EntryOf<Kind> | undefined {
  return entries.find((entry): entry is EntryOf<Kind> => entry.kind === kind);
}

/** Of the embedded server, which had another address for every check. */
function originOf(entries: readonly JournalEntry[]): string {
  const own = first(entries, 'http') ?? first(entries, 'stream') ?? first(entries, 'login');
  return own === undefined ? 'http://127.0.0.1' : new URL(own.request.url).origin;
}

function loginPlace(entries: readonly JournalEntry[]) {
  const { user = '', url = 'http://127.0.0.1' } = first(entries, 'login')?.request ?? {};
  const { origin, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  return { name: 'login', username: user, baseUrl: new URL(origin), path, defaultPath: path } as const;
}

/** What the one session is called that was not made without a permission. */
function sessionLabel({ facts }: Saved): string {
  return facts.kind === 'embedded' ? 'manager session' : 'manager cookie';
}

/** Signs what is never sent. */
const NO_SECRET = 'a-secret-of-nobody-for-what-is-never-sent';

const NOTHING_PERFORMED = async (): Promise<never> => {
  throw new Blocked('a saved run sends nothing');
};

const NO_NETWORK: HttpClient = {
  send: NOTHING_PERFORMED,
  open: NOTHING_PERFORMED,
  close: async () => undefined,
};

function shellAt(where: string): Shell {
  const place = where === 'local' ? { kind: 'local' as const } : { kind: 'prefix' as const, argv: [where] };
  return { place, limits: { deadlineMs: 0, outputBytes: 0 }, run: NOTHING_PERFORMED };
}
