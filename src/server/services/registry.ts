import type { Ports } from '../ports.ts';
import type { ServerEntry, Settings } from '../settings.ts';
import type { ServerClass } from '../servers/server-class.ts';

/** A server entry that was accepted. */
export interface RegisteredServer {
  readonly handle: string;
  readonly transport: 'web' | 'local';
  readonly serverClass: ServerClass;
}

/** The servers of this installation; mirrors eMCP's server registry. */
export interface Registry {
  /** In the order of the configuration; throws when an entry is rejected and `app.debug` is on. */
  readonly all: () => readonly RegisteredServer[];
  /** The web server with exactly this handle. */
  readonly find: (handle: string) => RegisteredServer | undefined;
}

/** A rejected entry while `app.debug` is on: the runtime does not boot. */
class RejectedServer extends Error {}

const OUR_NAMESPACE = 'EvolutionCMS\\eMCP\\';

export function createRegistry(
  settings: Settings,
  ports: Pick<Ports, 'log'>,
  classes: readonly ServerClass[],
): Registry {
  let accepted: readonly RegisteredServer[] | undefined;
  const all = (): readonly RegisteredServer[] => {
    accepted ??= accept(settings, ports, classes);
    return accepted;
  };
  return { all, find: (handle) => all().find((one) => one.handle === handle && one.transport === 'web') };
}

function accept(settings: Settings, ports: Pick<Ports, 'log'>, classes: readonly ServerClass[]): RegisteredServer[] {
  const accepted: RegisteredServer[] = [];
  const toolNames = new Set<string>();
  for (const entry of settings.servers.filter(({ enabled }) => enabled)) {
    const serverClass = classes.find((one) => one.class === entry.class);
    const names = [...(serverClass?.tools.map(({ name }) => name) ?? []), ...entry.toolNames];
    const problem = problemOf(entry, { accepted, toolNames, serverClass, names });
    if (problem === undefined && serverClass !== undefined && isTransport(entry.transport)) {
      for (const name of names) toolNames.add(name);
      accepted.push({ handle: entry.handle, transport: entry.transport, serverClass });
    } else {
      reject(problem ?? 'unusable', settings, ports);
    }
  }
  return accepted;
}

interface Candidate {
  readonly accepted: readonly RegisteredServer[];
  readonly toolNames: ReadonlySet<string>;
  readonly serverClass: ServerClass | undefined;
  readonly names: readonly string[];
}

function problemOf(entry: ServerEntry, { accepted, toolNames, serverClass, names }: Candidate): string | undefined {
  if (entry.handle === '' || entry.class === '') return 'a server entry lacks its handle or class';
  if (accepted.some(({ handle }) => handle === entry.handle)) return `the handle ${entry.handle} is taken`;
  if (!isTransport(entry.transport)) return `${entry.handle} has an unknown transport`;
  if (serverClass === undefined) return `the class of ${entry.handle} does not exist`;
  const taken = names.find((name) => toolNames.has(name));
  if (taken !== undefined) return `the tool ${taken} of ${entry.handle} is offered by another server`;
  const isOurs = entry.class.startsWith(OUR_NAMESPACE);
  const borrowed = isOurs ? undefined : names.find((name) => name.startsWith('evo.'));
  return borrowed === undefined ? undefined : `${entry.handle} may not offer ${borrowed}`;
}

function reject(problem: string, settings: Settings, ports: Pick<Ports, 'log'>): void {
  if (settings.debug) throw new RejectedServer(problem);
  ports.log('error', { channel: settings.logging.channel, level: 'warning', message: problem });
}

function isTransport(text: string): text is 'web' | 'local' {
  return text === 'web' || text === 'local';
}
