import { once } from 'node:events';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { runServe } from '../../src/cli/commands/serve-run.ts';
import type { Signal } from '../../src/cli/io.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

it('prints what the server throws in place of an answer, and goes on serving', async () => {
  let stop: ((signal: Signal) => void) | undefined;
  const onSignal = (handler: (signal: Signal) => void) => {
    stop = handler;
    return () => undefined;
  };
  const io = testIo({ onSignal, cwd: folderWith({ 'settings.json': '{"trace.header":"X Trace"}' }) });
  const flags = { profile: 'hybrid', port: '0', host: '127.0.0.1', settings: 'settings.json', worker: 'off' as const };
  const serving = runServe(flags, io);
  await expect.poll(() => io.written).toContain('API');
  const url = /^API +(\S+)$/m.exec(io.written)?.[1] ?? '';
  for (const path of ['content', 'other']) {
    const sent = request(new URL(path, url), { method: 'POST' }).end('{}');
    await expect(once(sent, 'response')).rejects.toMatchObject({ code: 'ECONNRESET' });
  }
  expect(io.told.match(/^emcp: internal error of the server: TypeError: .*"X Trace"/gm)).toHaveLength(2);
  stop?.('SIGTERM');
  expect(await serving).toBe(0);
});
