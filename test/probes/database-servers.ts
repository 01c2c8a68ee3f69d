import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export const PASSWORD = 'hush-hush-4711';

/** A database server of the test's own, on a free port, with its data in a temporary folder. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

interface Setup {
  readonly program: string;
  /** Makes the data folder. */
  readonly prepare: (folder: string) => readonly [string, ...string[]];
  readonly start: (folder: string, port: number) => readonly string[];
  readonly ready: string;
}

/** Whose user `root` is, without a password. */
export function startMariadb(program: string, install: string): Promise<Server> {
  return startServer({
    program,
    prepare: (folder) => [
      install,
      '--no-defaults',
      `--datadir=${folder}/data`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    start: (folder, port) => [
      '--no-defaults',
      `--datadir=${folder}/data`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${folder}/socket`,
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=16M',
    ],
    ready: 'ready for connections',
  });
}

/** Whose superuser is `root` with the password. */
export function startPostgres(program: string): Promise<Server> {
  return startServer({
    program,
    prepare: (folder) => {
      writeFileSync(join(folder, 'password'), PASSWORD);
      const access = ['--auth=scram-sha-256', `--pwfile=${folder}/password`, '--username=root'];
      return [join(dirname(program), 'initdb'), `--pgdata=${folder}/data`, ...access, '--no-sync', '--locale=C'];
    },
    start: (folder, port) => [
      '-D',
      `${folder}/data`,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
    ],
    ready: 'ready to accept connections',
  });
}

async function startServer({ program, prepare, start, ready }: Setup): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'emcp-db-'));
  // Neither of them runs as root.
  const nobody = userInfo().uid === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const [file, ...args] = prepare(folder);
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const options = { cwd: folder, env: { ...process.env, HOME: folder }, ...nobody };
  await promisify(execFile)(file, args, options);
  const port = await freePort();
  const server = spawn(program, start(folder, port), { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await saying(server, ready);
  return {
    port,
    async stop() {
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function saying(server: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes(words)) resolve();
    });
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)));
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
