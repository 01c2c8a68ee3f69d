import { randomUUID } from 'node:crypto';
import { storeOpener } from '../../../src/server/dispatch/store.ts';
import { listen } from '../../../src/server/listen.ts';
import { createServer } from '../../../src/server/server.ts';

// A process to kill: serves from the store file it is given and says where.
const [, , file = ''] = process.argv;
const ports = { now: Date.now, uuid: randomUUID, log: () => undefined, sleep: async () => Promise.resolve() };
const server = createServer({ 'auth.mode': 'none' }, ports, { store: storeOpener({ file }) });
await server.start();
const { url } = await listen(server.app);
process.stdout.write(`${url}\n`);
