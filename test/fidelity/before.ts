import type { EmcpServer } from '../../src/server/server.ts';

type Settings = Readonly<Record<string, unknown>>;
type Step = (server: EmcpServer) => Promise<unknown>;

/** What was done to the runtime just before an exchange, in the recordings' words. */
const STEPS: Readonly<Record<string, Step>> = {
  'run-worker': async (server) => server.console(['stask:worker']),
  'clear-cache': async ({ store, services }) => {
    services.rateLimiter.clear();
    (await store.open()).cache.clear();
  },
  'drop s_tasks': async (server) => sql(server, 'alter table s_tasks rename to s_tasks_away'),
  'restore s_tasks': async (server) => sql(server, 'alter table s_tasks_away rename to s_tasks'),
  'make inserts into s_tasks fail': async (server) =>
    sql(server, "create trigger full before insert on s_tasks begin select raise(abort, 'disk full'); end"),
};

/** Does one step; `… with key=json` does it under that setting of eMCP's settings file. */
export async function runBefore(
  text: string,
  settings: Settings,
  serverFor: (settings: Settings) => EmcpServer,
): Promise<void> {
  const [name = '', setting] = text.split(' with ');
  const step = STEPS[name];
  if (step === undefined) throw new Error(`nobody knows how to ${text}`);
  const changed = { ...settings, ...readSetting(setting) };
  await step(serverFor(changed));
}

function readSetting(text: string | undefined): Settings {
  if (text === undefined) return {};
  const [key = '', value = ''] = text.split('=');
  return { [`cms.settings.eMCP.${key}`]: JSON.parse(value) as unknown };
}

async function sql({ store }: EmcpServer, statement: string): Promise<void> {
  (await store.open()).database.exec(statement);
}
