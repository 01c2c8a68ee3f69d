import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArtisanProbe } from '../../src/probes/artisan.ts';
import { createConfigProbe } from '../../src/probes/config.ts';
import { parseServerList } from '../../src/protocol/artisan-list-servers.ts';
import { findProgram, unlessMissing } from '../support/installed.ts';
import { startHost, type Host } from '../support/ssh-host.ts';
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
    writeFileSync(join(folder, 'mcp.php'), "<?php return ['servers' => [['handle' => 'shop']]];");
    const probe = createConfigProbe({ ...lendShell(place()), root: php.folder });
    const registry = await probe.registry();
    expect(registry.read('servers', '0', 'handle')).toEqual({ kind: 'value', value: 'shop' });
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
