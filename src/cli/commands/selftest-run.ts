import { openCatalogue, profilesFolder } from '../../catalogue/index.ts';
import { loadProfile } from '../../config/load.ts';
import { nearest } from '../../config/nearest.ts';
import { UsageError } from '../../model/errors.ts';
import type { FaultMeta } from '../../model/fault.ts';
import { EXIT } from '../exit.ts';
import { tryFaults, type FaultRow } from '../fault-matrix.ts';
import { listenForInterruption } from '../interruption.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../json-document.ts';

export interface SelftestFlags {
  readonly only?: readonly string[];
  readonly all?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Red where a check misses what it must catch, or turns red over what is none of its business. */
export async function runSelftest(flags: SelftestFlags, io: Io): Promise<number> {
  const catalogue = await openCatalogue();
  const faults = select(catalogue.faults, flags.only ?? []);
  const profile = await loadProfile('base', { folder: profilesFolder(), cwd: io.cwd });
  const interruption = listenForInterruption(io);
  const rows: FaultRow[] = [];
  try {
    const matrix = { catalogue, profile, all: flags.all ?? false, signal: interruption.signal };
    for await (const row of tryFaults(faults, matrix)) {
      rows.push(row);
      if (!flags.json) io.out(describe(row, flags.quiet ?? false));
    }
  } finally {
    interruption.end();
  }
  const totals = totalsOf(rows);
  const interrupted = interruption.by();
  io.out(
    flags.json ? jsonDocument('selftest', { faults: rows, totals, interrupted }) : lastLine(totals, faults.length),
  );
  if (interrupted !== null) {
    const untried = faults.length - rows.length;
    io.err(`emcp: interrupted by ${interrupted}: ${untried} of ${faults.length} faults were not tried\n`);
    io.err('next: run the same command again, or --only for a part of it\n');
    return EXIT[interrupted];
  }
  if (totals.missed + totals.unexpected === 0) return EXIT.ok;
  const first = rows.find(isRed);
  io.err(`next: emcp serve --fault ${first?.fault ?? 'FAULT'}\n`);
  return EXIT.failed;
}

function select(faults: readonly FaultMeta[], words: readonly string[]): readonly FaultMeta[] {
  for (const word of words) {
    if (faults.some((fault) => isNamedBy(fault, word))) continue;
    const meant = nearest(
      word,
      faults.map(({ id }) => id),
    );
    throw new UsageError('unknown-fault', `there is no fault ${word}, and no check that must catch one`, {
      where: { source: '--only' },
      hint: meant === undefined ? 'emcp selftest' : `did you mean ${meant}?`,
    });
  }
  return words.length === 0 ? faults : faults.filter((fault) => words.some((word) => isNamedBy(fault, word)));
}

function isNamedBy({ id, breaks }: FaultMeta, word: string): boolean {
  const folder = `${word.replace(/\/$/, '')}/`;
  return id === word || id.startsWith(folder) || breaks.some((name) => name === word || name.startsWith(`${word}:`));
}

function isRed({ missed, unexpected }: FaultRow): boolean {
  return missed.length + unexpected.length > 0;
}

function describe(row: FaultRow, quiet: boolean): string {
  if (quiet && !isRed(row)) return '';
  const lines = [
    `${row.fault}: ${row.title}`,
    ...(quiet ? [] : row.caught.map((name) => `  caught      ${name}`)),
    ...row.missed.map((name) => `  MISSED      ${name}`),
    ...row.unexpected.map((name) => `  UNEXPECTED  ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}

type Totals = Readonly<Record<'faults' | 'caught' | 'missed' | 'unexpected', number>>;

function totalsOf(rows: readonly FaultRow[]): Totals {
  const sum = (key: 'caught' | 'missed' | 'unexpected'): number => rows.reduce((all, row) => all + row[key].length, 0);
  return { faults: rows.length, caught: sum('caught'), missed: sum('missed'), unexpected: sum('unexpected') };
}

function lastLine({ faults, caught, missed, unexpected }: Totals, of: number): string {
  return `${faults} of ${of} faults: ${caught} caught, ${missed} missed, ${unexpected} unexpected\n`;
}
