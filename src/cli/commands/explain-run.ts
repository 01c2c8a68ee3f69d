import { openCatalogue } from '../../catalogue/index.ts';
import { nearest } from '../../config/nearest.ts';
import type { CheckMeta } from '../../model/check.ts';
import { UsageError } from '../../model/errors.ts';
import { declarationsOf, factsOf, type CheckFacts } from '../check-facts.ts';
import { EXIT, EXIT_ROWS, formatExits } from '../exit.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../json-document.ts';

export interface ExplainFlags {
  readonly checks?: readonly string[];
  readonly json?: boolean;
}

/** Explains a check by its id, an exit code by its number, and with `exit` all of them. */
export async function runExplain(topic: string, flags: ExplainFlags, io: Io): Promise<number> {
  if (topic === 'exit' || /^\d+$/.test(topic)) return explainExit(topic, flags, io);
  return explainCheck(topic, flags, io);
}

function explainExit(topic: string, flags: ExplainFlags, io: Io): number {
  const rows = EXIT_ROWS.filter(({ code }) => topic === 'exit' || topic === String(code));
  if (rows.length === 0) {
    throw new UsageError('unknown-exit', `emcp never ends with ${topic}`, { hint: 'emcp explain exit' });
  }
  io.out(flags.json ? jsonDocument('explain', { exits: rows }) : formatExits(rows));
  return EXIT.ok;
}

async function explainCheck(id: string, flags: ExplainFlags, io: Io): Promise<number> {
  const catalogue = await openCatalogue({ dirs: flags.checks ?? [] });
  const { checks, faults } = catalogue;
  const check = checks.find((one) => one.id === id);
  if (!check) {
    const meant = nearest(
      id,
      checks.map((one) => one.id),
    );
    throw new UsageError('unknown-check', `there is no check ${id}`, {
      hint: meant === undefined ? 'emcp list' : `did you mean ${meant}?`,
    });
  }
  const broken = faults
    .filter((fault) => fault.breaks.some((slug) => slug.startsWith(`${id}:`)))
    .map((fault) => fault.id);
  const whole = await catalogue.load(id);
  const declarations = await declarationsOf(whole);
  const { when, sends } = declarations;
  io.out(
    flags.json
      ? jsonDocument('explain', { check, when, sends, faults: broken })
      : describe(check, [
          ...factsOf(whole, declarations),
          ['Seen red by', broken.join(', ') || 'no fault of the reference server'],
        ]),
  );
  return EXIT.ok;
}

function describe({ id, title, proves, remedy }: CheckMeta, facts: CheckFacts): string {
  const rows = facts.map(([name, value]) => `  ${name.toLowerCase().padEnd(14)} ${value}\n`);
  return `${id}\n${title}.\n\n${proves}\n\n${rows.join('')}\nif red: ${remedy}\n`;
}
