import { openCatalogue } from '../../catalogue/index.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../json-document.ts';

export interface ListFlags {
  readonly checks?: readonly string[];
  readonly json?: boolean;
}

export async function runList(flags: ListFlags, io: Io): Promise<number> {
  const { checks } = await openCatalogue({ dirs: flags.checks ?? [] });
  const sorted = checks.toSorted(
    (a, b) => a.section.localeCompare(b.section, 'en', { numeric: true }) || (a.id < b.id ? -1 : 1),
  );
  if (flags.json) {
    io.out(jsonDocument('list', { checks: sorted }));
    return EXIT.ok;
  }
  for (const { id, section, severity, impact, title } of sorted) {
    io.out(`§${section.padEnd(4)} ${severity.padEnd(6)} ${impact.padEnd(5)} ${id.padEnd(34)} ${title}\n`);
  }
  return EXIT.ok;
}
