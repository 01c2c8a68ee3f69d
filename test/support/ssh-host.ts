import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './installed.ts';

/** A real ssh server on loopback, and how its client gets in. */
export interface Host {
  /** The ssh client with what it needs to get in, or something else. */
  client(change?: { readonly key?: string; readonly port?: string }): readonly string[];
  stop(): void;
}

export async function startHost(program: string): Promise<Host> {
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
