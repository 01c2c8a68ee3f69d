import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { listen } from '../../src/server/listen.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { createTweakedServer } from '../../src/server/tweaked-server.ts';

export interface ListeningOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly tweak?: ServerTweak;
}

/** The URL of a reference server on a free port, for one test. */
export async function listening({ settings = {}, tweak = {} }: ListeningOptions = {}): Promise<string> {
  const ports = { now: () => Date.now(), uuid: () => randomUUID(), log: () => undefined, sleep: async () => undefined };
  const server = createTweakedServer(settings, ports, { tweak });
  await server.start();
  const { url, close } = await listen(server.app);
  onTestFinished(async () => {
    await close();
    await server.close();
  });
  return url;
}
