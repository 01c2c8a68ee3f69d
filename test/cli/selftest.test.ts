import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCatalogue, packageRoot } from '../../src/catalogue/index.ts';
import { runSelftest } from '../../src/cli/commands/selftest-run.ts';
import { tryFaults, type FaultRow } from '../../src/cli/fault-matrix.ts';
import type { Signal } from '../../src/cli/io.ts';
import { loadProfile } from '../../src/config/load.ts';
import type { FaultMeta } from '../../src/model/fault.ts';
import { testIo } from '../support/test-io.ts';

const catalogue = await openCatalogue();
const profile = await loadProfile('base', { folder: join(packageRoot(), 'profiles'), cwd: '/' });

/** A fault as it is, but for what it says of itself. */
async function row(id: string, change: Partial<FaultMeta>, all = false): Promise<FaultRow | undefined> {
  const fault = catalogue.faults.find((one) => one.id === id);
  if (fault === undefined) throw new Error(id);
  const matrix = { catalogue, profile, all, signal: new AbortController().signal };
  for await (const seen of tryFaults([{ ...fault, ...change }], matrix)) return seen;
  return undefined;
}

describe('the fault matrix', () => {
  it('counts as caught what turns red in the world of its fault', async () => {
    expect(await row('policy/every-server-allowed', {})).toMatchObject({
      caught: ['policy/denied-server:denied'],
      missed: [],
    });
  });

  it('counts as missed what stays green, and what is red without the fault, too', async () => {
    const breaks = ['auth/missing-token:status', 'login/over-broad:scopes'];
    const seen = await row('preflight/clock-ahead', { breaks });
    expect(seen).toMatchObject({ caught: [], missed: breaks });
  });

  it('sees who turns red without being named, when everybody looks', async () => {
    const seen = await row('transport/unnamed-result-refusal', { alsoBreaks: [] }, true);
    expect(seen).toMatchObject({ caught: ['transport/result-too-large:shape'], missed: [] });
    expect(new Set(seen?.unexpected.map((name) => name.split(':')[0]))).toEqual(new Set(['trace/trace-id']));
  });
});

describe('emcp selftest', () => {
  it('says what was caught, and ends well when all was', async () => {
    const io = testIo();
    expect(await runSelftest({ only: ['rate/generous', 'auth/missing-token'] }, io)).toBe(0);
    expect(io.written).toMatch(/^ {2}caught {6}rate\/threshold:allowed$/m);
    expect(io.written).toMatch(/^ {2}caught {6}auth\/missing-token:\S+$/m);
    expect(io.written).toMatch(/^(\d+) of \1 faults: \d+ caught, 0 missed, 0 unexpected\n$/m);
  });

  it('gives the matrix as JSON and nothing else', async () => {
    const io = testIo();
    expect(await runSelftest({ only: ['policy'], json: true }, io)).toBe(0);
    const { faults, totals } = JSON.parse(io.written) as { faults: FaultRow[]; totals: object };
    expect(totals).toMatchObject({ faults: faults.length, missed: 0, unexpected: 0 });
  });

  it('is quiet about what is as it should be', async () => {
    const io = testIo();
    await runSelftest({ only: ['rate/generous'], quiet: true }, io);
    expect(io.written.split('\n')).toHaveLength(2);
  });

  it.each([['rate/generus'], ['nothing-like-it']])('refuses %s with what to type next', async (word) => {
    const refused = runSelftest({ only: [word] }, testIo());
    await expect(refused).rejects.toMatchObject({ code: 'unknown-fault', hint: expect.any(String) as string });
  });

  it('says how far it came when it is interrupted', async () => {
    let interrupt: (signal: Signal) => void = () => undefined;
    const io = testIo({
      onSignal: (handler) => {
        interrupt = handler;
        return () => undefined;
      },
    });
    const running = runSelftest({}, { ...io, out: (text) => (io.out(text), interrupt('SIGINT')) });
    expect(await running).toBe(130);
    expect(io.written).toMatch(/^1 of \d{3} faults/m);
    expect(io.told).toMatch(/^emcp: interrupted by SIGINT: \d+ of \d{3} faults were not tried\nnext: .+\n$/);
  });

  it('says in its JSON, too, that it was interrupted', async () => {
    const onSignal = (handler: (signal: Signal) => void) => {
      handler('SIGTERM');
      return () => undefined;
    };
    const io = testIo({ onSignal });
    expect(await runSelftest({ only: ['policy'], json: true }, io)).toBe(143);
    expect(JSON.parse(io.written)).toMatchObject({ faults: [], totals: { faults: 0 }, interrupted: 'SIGTERM' });
    expect(io.told).toContain('emcp: interrupted by SIGTERM: ');
  });
});
