import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import type { Difference } from './difference.ts';
import { Pairing } from './form.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { countRows, loadRecordings, loadSite, recordedFolder, type Exchange, type Recording } from './recorded.ts';
import { createWorld } from './world.ts';

const NEEDED_SHARE = 0.99;

interface Replayed {
  readonly file: string;
  readonly exchange: Exchange;
  readonly differences: readonly Difference[];
}

const folder = recordedFolder() ?? '';

describe.skipIf(folder !== '')('without recordings', () => {
  it.skip('nothing is replayed: EMCP_RECORDED names no folder', () => undefined);
});

describe.skipIf(folder === '')('the recorded exchanges of a real runtime', () => {
  it('are answered by the reference server as they were then', async () => {
    const site = loadSite(folder);
    const recordings = loadRecordings(folder);
    const replayed: Replayed[] = [];
    for (const recording of recordings) replayed.push(...(await replay(recording, site)));
    process.stdout.write(report(replayed));
    const equal = replayed.filter(({ differences }) => differences.length === 0).length;
    const unexplained = replayed.filter((one) => one.differences.length > 0 && !isKnown(one));
    expect(unexplained.map(describeOne)).toEqual([]);
    expect(equal / replayed.length).toBeGreaterThanOrEqual(NEEDED_SHARE);
    expect(
      KNOWN_DIFFERENCES.filter((known) => !replayed.some((one) => one.differences.length > 0 && matches(known, one))),
    ).toEqual([]);
  });

  it('are all understood', () => {
    const misread = loadRecordings(folder).filter(
      ({ file, exchanges }) => exchanges.length !== countRows(folder, file),
    );
    expect(misread.map(({ file }) => file)).toEqual([]);
  });
});

async function replay({ file, exchanges }: Recording, site: ReturnType<typeof loadSite>): Promise<Replayed[]> {
  const world = createWorld(site);
  const pairing = new Pairing();
  const replayed: Replayed[] = [];
  for (const exchange of exchanges) {
    replayed.push({ file, exchange, differences: compare(exchange, await world.answer(exchange), pairing) });
  }
  await world.close();
  return replayed;
}

function isKnown(one: Replayed): boolean {
  return KNOWN_DIFFERENCES.some((known) => matches(known, one));
}

function matches(known: { readonly file: string; readonly name: string }, { file, exchange }: Replayed): boolean {
  return known.file === file && known.name === exchange.name;
}

function report(replayed: readonly Replayed[]): string {
  const files = [...new Set(replayed.map(({ file }) => file))];
  const rows = files.map((file) => {
    const own = replayed.filter((one) => one.file === file);
    const equal = own.filter(({ differences }) => differences.length === 0).length;
    return `${file.padEnd(46)} ${String(equal).padStart(4)} of ${String(own.length).padStart(4)} equal`;
  });
  const details = replayed.filter(({ differences }) => differences.length > 0).map(describeOne);
  return `${[...rows, ...details].join('\n')}\n`;
}

function describeOne({ file, exchange, differences }: Replayed): string {
  const lines = differences.map(
    ({ path, recorded, ours }) => `    ${path}: recorded ${show(recorded)}, ours ${show(ours)}`,
  );
  return [`  ${file} "${exchange.name}"`, ...lines].join('\n');
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
