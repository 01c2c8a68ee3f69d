import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArtisanProbe } from '../../src/probes/artisan.ts';
import { createConfigProbe } from '../../src/probes/config.ts';
import { parseServerList } from '../../src/protocol/artisan-list-servers.ts';
import { findProgram, unlessMissing } from '../support/installed.ts';
import { fakePhp, lendShell, type FakePhp } from './shell-fake-php.ts';

const sshd = findProgram('ssh') && findProgram('sshd');

describe.skipIf(sshd === undefined)(`another host (${unlessMissing('sshd', sshd)})`, () => {
  let host: Host;
  let php: FakePhp;
  beforeAll(async () => {
    php = fakePhp();
    host = await startHost(sshd ?? '');
  });
  afterAll(() => {
    host.stop();
    php.remove();
  });

  const place = (change: object = {}) => ({
    kind: 'ssh' as const,
    destination: `${userInfo().username}@127.0.0.1`,
    client: host.client(),
    cwd: php.folder,
    ...change,
  });

  it('runs artisan on the other host and reads its table', async () => {
    const probe = createArtisanProbe({ ...lendShell(place()), command: ['./php', 'artisan'] });
    const result = await probe.run(['warns']);
    expect(result).toMatchObject({ exit: 0, stderr: '' });
    expect(parseServerList(result)).toMatchObject({ kind: 'listed', servers: [{ handle: 'shop' }] });
  });

  it('hands every word over as it is, and what the command said on both outputs back', async () => {
    const probe = createArtisanProbe({ ...lendShell(place()), command: ['./php', 'artisan'] });
    const words = ['$(id)', "it's", 'a  b', '*', '', '!x', '\\'];
    expect((await probe.run(['args', ...words])).stdout).toBe(words.map((word) => `<${word}>`).join(''));
    expect(await probe.run(['fails'])).toMatchObject({ exit: 3, stdout: 'broken\n', stderr: 'why\n' });
  });

  it('reads the settings there', async () => {
    const folder = join(php.folder, 'custom/config');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'mcp.php'), "<?php return ['servers' => []];");
    const probe = createConfigProbe({ ...lendShell(place()), root: php.folder });
    expect(await probe.registry()).toMatchObject({ values: { servers: [] }, unreadable: [] });
  });

  it.each([
    ['nobody lets us in', () => ({ client: host.client({ key: '/nowhere' }) })],
    ['no one listens', () => ({ client: host.client({ port: '1' }) })],
    ['the directory is not there', () => ({ cwd: '/nowhere/at/all' })],
  ])('is unreachable when %s', async (_title, change) => {
    const probe = createArtisanProbe({ ...lendShell(place(change())), command: ['./php', 'artisan'] });
    await expect(probe.run(['warns'])).rejects.toMatchObject({ name: 'Unreachable', kind: 'process' });
  });

  it('is unreachable when PHP is not installed there', async () => {
    const probe = createArtisanProbe({ ...lendShell(place()), command: ['emcp-no-such-php'] });
    await expect(probe.run(['x'])).rejects.toMatchObject({ name: 'Unreachable', kind: 'process' });
  });

  it('gives up at the deadline', async () => {
    const probe = createArtisanProbe({ ...lendShell(place(), { deadlineMs: 1000 }), command: ['./php', 'artisan'] });
    await expect(probe.run(['hangs'])).rejects.toMatchObject({ name: 'Unreachable', kind: 'timeout-total' });
  });
});

interface Host {
  /** The ssh client with what it needs to get in, or something else. */
  client(change?: { readonly key?: string; readonly port?: string }): readonly string[];
  stop(): void;
}

async function startHost(program: string): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'emcp-sshd-'));
  const [hostKey, key] = [join(folder, 'host'), join(folder, 'key')];
  for (const file of [hostKey, key])
    execFileSync(findProgram('ssh-keygen') ?? '', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  const port = String(await freePort());
  const config = join(folder, 'config');
  writeFileSync(
    config,
    `ListenAddress 127.0.0.1\nPort ${port}\nHostKey ${hostKey}\nAuthorizedKeysFile ${key}.pub\nStrictModes no\n` +
      'PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\nPidFile none\n',
  );
  // Where the server separates privileges; only root needs it and can make it.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(program, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(server);
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'IdentitiesOnly=yes'];
  return {
    client: (change = {}) => [
      ...`ssh -F none -p ${change.port ?? port} -i ${change.key ?? key}`.split(' '),
      ...options.flatMap((option) => ['-o', option]),
    ],
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('Server listening')) resolve();
    });
    server.once('exit', () => reject(new Error(`sshd ended: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
