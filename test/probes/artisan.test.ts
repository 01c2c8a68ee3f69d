import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createArtisanProbe } from '../../src/probes/artisan.ts';
import { parseServerList } from '../../src/protocol/artisan-list-servers.ts';
import { fakePhp, lendShell, type FakePhp } from './shell-fake-php.ts';

let php: FakePhp;
beforeAll(() => {
  php = fakePhp();
});
afterAll(() => php.remove());

function artisan(limits = {}, signal = new AbortController().signal) {
  const lent = lendShell({ kind: 'local', cwd: php.folder }, limits, signal);
  return { ...lent, probe: createArtisanProbe({ ...lent, command: php.command }) };
}

describe('a console that misbehaves', () => {
  it.each(['hangs', 'ignores'])('is ended with all it started when it %s past its deadline', async (mode) => {
    const { probe, journal } = artisan({ deadlineMs: 200 });
    const began = performance.now();
    await expect(probe.run([mode])).rejects.toMatchObject({ name: 'Unreachable', kind: 'timeout-total' });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(journal.entries()[0]).toMatchObject({ probe: 'artisan', failure: { kind: 'timeout-total' } });
  });

  it('is cut off when it floods', async () => {
    const { probe } = artisan({ outputBytes: 10_000 });
    await expect(probe.run(['floods'])).rejects.toMatchObject({ name: 'Unreachable', kind: 'too-large' });
  });

  it('is heard in full when it prints binary', async () => {
    const result = await artisan().probe.run(['binary']);
    expect(result).toMatchObject({ exit: 0, stdout: 'a\u0000\ufffd\ufffdb' });
  });

  it('is reported with the signal it died by', async () => {
    expect(await artisan().probe.run(['dies'])).toMatchObject({ exit: null, signal: 'SIGSEGV' });
  });

  it('is reported with its exit code and both outputs', async () => {
    const { probe, journal } = artisan();
    const result = await probe.run(['fails']);
    expect(result).toMatchObject({ exit: 3, signal: null, stdout: 'broken\n', stderr: 'why\n', evidence: 1 });
    expect(journal.entries()[0]).toMatchObject({ response: { exit: 3, stdout: 'broken\n', stderr: 'why\n' } });
  });

  it('is not waited for when a grandchild keeps its output open, which is ended, too', async () => {
    const began = performance.now();
    const result = await artisan().probe.run(['leaves']);
    expect(result.exit).toBe(0);
    expect(performance.now() - began).toBeLessThan(5000);
    await vi.waitFor(() => expect(isGone(result.stdout.trim())).toBe(true));
  });

  it('is read when it warns before the table', async () => {
    expect(parseServerList(await artisan().probe.run(['warns']))).toEqual({
      kind: 'listed',
      servers: [{ handle: 'shop', transport: 'web', class: 'Shop', enabled: true }],
    });
  });

  it('ends with the run that asked', async () => {
    const controller = new AbortController();
    const { probe } = artisan({}, controller.signal);
    const running = probe.run(['hangs']);
    setTimeout(() => controller.abort(new Error('stop')), 100);
    await expect(running).rejects.toThrow('stop');
  });
});

/** No such process, or one that only waits to be buried. */
function isGone(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() === '' || stdout.startsWith('Z');
}
