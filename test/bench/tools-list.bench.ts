import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterAll, bench, describe } from 'vitest';
import { listen } from '../../src/server/listen.ts';
import { createServer } from '../../src/server/server.ts';
import { issueToken } from '../../src/server/services/token-issuer.ts';

const CONCURRENCY = 10;
const BODY = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

const ports = { now: () => Date.now(), uuid: () => randomUUID(), log: () => undefined, sleep: async () => undefined };
const server = createServer(
  { SAPI_JWT_SECRET: 'bench-secret-0123456789abcdef0123456789ab', 'cms.settings.eMCP.rate_limit.enabled': false },
  ports,
);
const pipeline = await listen(server.app);
const echo = createHttpServer((incoming, outgoing) => {
  void text(incoming).then((body) => {
    outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(JSON.parse(body)));
    return undefined;
  });
}).listen(0, '127.0.0.1');
await once(echo, 'listening');

const agent = new Agent({ connections: CONCURRENCY });
const authorization = `Bearer ${issueToken('bench', server.settings, ports)}`;

afterAll(async () => {
  await agent.close();
  await pipeline.close();
  await server.close();
  echo.close();
});

/** Ten requests side by side, each answered in full. */
async function ask(origin: string, path: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization };
  const one = async (): Promise<void> => {
    const { statusCode, body } = await agent.request({ origin, path, method: 'POST', headers, body: BODY });
    await body.dump();
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, one));
}

describe(`${CONCURRENCY} requests at once`, () => {
  const bare = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
  bench('a bare node:http server that echoes JSON', () => ask(bare, '/'), { time: 2000 });
  bench('tools/list through the whole pipeline', () => ask(pipeline.url, '/api/v1/mcp/content'), { time: 2000 });
});
