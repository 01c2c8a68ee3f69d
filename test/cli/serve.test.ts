import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runServe } from '../../src/cli/commands/serve-run.ts';
import type { Signal } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
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

describe.each([
  ['--store', ['--store']],
  ['--store, for the worker alone', ['--run-worker', '--store']],
  ['--audit', ['--audit']],
])('emcp serve with a file that is of no use: %s', (_name, flags) => {
  const files = { 'a-file': 'no database', 'a-folder/inside': '' };
  const places = ['a-folder', 'a-file/below', 'missing/below', ...(flags.includes('--store') ? ['a-file'] : [])];

  it.each(places)('%s: refuses to start', async (place) => {
    const cwd = folderWith(files);
    const onSignal = vi.fn<() => () => void>(() => () => undefined);
    const io = testIo({ cwd, onSignal });
    expect(await main(['serve', '--port', '0', ...flags, place], io)).toBe(2);
    expect(io.told).toMatch(
      new RegExp(`^emcp: ${flags.at(-1)}: ${join(cwd, place)} cannot be .+\nnext: ${flags.at(-1)} FILE`),
    );
    expect(io.told).not.toContain('    at ');
    expect(io.written).toBe('');
    expect(onSignal).not.toHaveBeenCalled();
  });
});

it.each([
  [['--jwt-secret-file', 'empty'], '--jwt-secret-file empty is empty'],
  [['--jwt-secret-file', 'two'], '--jwt-secret-file two has more than one line'],
  [['--jwt-secret-file', 'hush'], 'cannot read the file that --jwt-secret-file names (ENOENT)'],
  [['--jwt-secret', ''], '--jwt-secret is empty'],
  [['--jwt-secret', 'hush', '--jwt-secret-file', 'one'], '--jwt-secret: has no effect with --jwt-secret-file'],
])('refuses a secret that is none, or of two the one: %j', async (flags, told) => {
  const io = testIo({ cwd: folderWith({ empty: ' \n', two: 'a\nb\n', one: 'a\n' }) });
  expect(await main(['serve', '--port', '0', ...flags], io)).toBe(2);
  expect(io.told).toContain(`emcp: ${told}\nnext: `);
  expect(io.written + io.told).not.toContain('hush');
});

it.each(['tasks', './tasks', 'tasks-wal'])('refuses audit lines in the file of the store: %s', async (audit) => {
  const io = testIo({ cwd: folderWith({}) });
  expect(await main(['serve', '--port', '0', '--store', 'tasks', '--audit', audit], io)).toBe(2);
  expect(io.told).toContain(`--store tasks and --audit ${audit} are in each other's way`);
});

it('says once that audit lines are lost, and again at the end, and goes on serving', async () => {
  let stop: ((signal: Signal) => void) | undefined;
  const onSignal = (handler: (signal: Signal) => void) => {
    stop = handler;
    return () => undefined;
  };
  const cwd = folderWith({});
  const file = join(cwd, 'audit.ndjson');
  const io = testIo({ onSignal, cwd });
  const serving = main(['serve', '--port', '0', '--audit', 'audit.ndjson'], io);
  await expect.poll(() => io.written).toContain('API');
  const url = /^API +(\S+)$/m.exec(io.written)?.[1] ?? '';
  const authorization = `Bearer ${/^token +(\S+)$/m.exec(io.written)?.[1] ?? ''}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';
  const ask = async (): Promise<number | undefined> => {
    const sent = request(url, { method: 'POST', headers }).end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  expect(await ask()).toBe(200);
  renameSync(file, `${file}.1`);
  mkdirSync(file);
  expect([await ask(), await ask()]).toEqual([200, 200]);
  expect(io.told.match(/^emcp: .*audit lines are lost/gm)).toEqual([
    `emcp: ${file} cannot be written: EISDIR: audit lines are lost`,
  ]);
  stop?.('SIGTERM');
  expect(await serving).toBe(4);
  expect(io.told).toContain(`\nemcp: output lost: ${file}: lines are missing: cannot be written: EISDIR\n`);
  expect(readFileSync(`${file}.1`, 'utf8').trimEnd().split('\n')).toHaveLength(1);
});
