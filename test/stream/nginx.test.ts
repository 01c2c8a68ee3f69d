import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose, type DiagnosisKind } from '../../src/protocol/stream-diagnosis.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { createServer, type EmcpServer } from '../../src/server/server.ts';
import { findProgram, unlessMissing } from '../support/installed.ts';
import { streamingWorld } from '../../src/kit/index.ts';
import { watchRoute } from '../support/watch.ts';
import { startNginx } from './nginx.ts';

const nginx = findProgram('nginx');
const RUNS = Number(process.env['EMCP_FULL_COUNT'] ?? 1);
const SECRET = 'a secret of thirty-two characters';

interface Setup {
  readonly name: string;
  readonly directives: string;
  readonly diagnosis: DiagnosisKind;
  /** Milliseconds the tool pauses for. */
  readonly sleepMs?: number;
}

// nginx obeys the header of eMCP unless it is told not to; that is what buffering by mistake looks like.
const SETUPS: readonly Setup[] = [
  {
    name: 'buffering on',
    directives: 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;',
    diagnosis: 'proxy-buffered',
  },
  { name: 'buffering off', directives: 'proxy_buffering off;', diagnosis: 'live' },
  {
    name: 'buffering on over HTTP/1.1, where nginx hands each chunk on',
    directives: 'proxy_http_version 1.1; proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;',
    diagnosis: 'live',
  },
  { name: 'buffering left to the header of eMCP', directives: '', diagnosis: 'live' },
  {
    name: 'gzip on',
    directives: 'gzip on; gzip_types text/event-stream; gzip_min_length 0;',
    diagnosis: 'compressed',
  },
  {
    name: 'a read timeout shorter than the gap',
    directives: 'proxy_read_timeout 1s;',
    diagnosis: 'idle-timeout',
    sleepMs: 2000,
  },
  {
    name: 'buffering on, which hides that a read timeout cut the stream,',
    directives: 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering; proxy_read_timeout 1s;',
    diagnosis: 'cut-between-events',
    sleepMs: 2000,
  },
];

describe.runIf(nginx)(unlessMissing('nginx', nginx), () => {
  let server: EmcpServer;
  let origin: Listening;

  beforeAll(async () => {
    const ports = { now: () => Date.now(), uuid: () => randomUUID(), log: () => undefined, sleep };
    server = createServer({ ...streamingWorld().settings, SAPI_JWT_SECRET: SECRET }, ports);
    origin = await listen(server.app);
  });

  afterAll(async () => {
    await origin.close();
    await server.close();
  });

  it.concurrent.each(SETUPS)('$name is $diagnosis', { timeout: RUNS * 10_000 }, async (setup) => {
    const { directives, diagnosis, sleepMs = 200 } = setup;
    const proxy = await startNginx(nginx ?? '', origin.url, directives);
    const seen: DiagnosisKind[] = [];
    try {
      for (let run = 0; run < RUNS; run += 1) {
        seen.push(diagnose(await watchRoute(proxy.url, { secret: SECRET, count: 4, sleepMs })));
      }
    } finally {
      await proxy.close();
    }
    expect(seen.filter((kind) => kind !== diagnosis)).toEqual([]);
  });
});

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
