import { openCatalogue } from '../../catalogue/index.ts';
import { nearest } from '../../config/nearest.ts';
import type { CheckMeta } from '../../model/check.ts';
import { UsageError } from '../../model/errors.ts';
import { EXIT, EXIT_ROWS, formatExits } from '../exit.ts';
import type { Io } from '../io.ts';

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
  io.out(flags.json ? `${JSON.stringify({ exits: rows }, null, 2)}\n` : formatExits(rows));
  return EXIT.ok;
}

async function explainCheck(id: string, flags: ExplainFlags, io: Io): Promise<number> {
  const { checks, faults } = await openCatalogue({ dirs: flags.checks ?? [] });
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
  io.out(flags.json ? `${JSON.stringify({ check, faults: broken }, null, 2)}\n` : describe(check, broken));
  return EXIT.ok;
}

function describe(check: CheckMeta, faults: readonly string[]): string {
  const rows = [
    ['runbook', `§${check.section}`],
    ['severity', check.severity === 'must' ? 'must: red is fail' : 'should: red is warn'],
    ['impact', check.impact],
    ['needs', check.needs.join(', ') || 'nothing'],
    ['uses', check.optional?.join(', ')],
    ['after', check.after?.join(', ')],
    ['guards', check.guards?.join(', ')],
    ['waits', check.waitsSeconds === undefined ? undefined : `up to ${check.waitsSeconds} s for the rate limiter`],
    ['cites', check.cites.join(', ')],
    ['seen red by', faults.join(', ') || undefined],
  ];
  const facts = rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${(name ?? '').padEnd(12)} ${value}`]));
  return `${check.id}\n${check.title}.\n\n${check.proves}\n\n${facts.join('\n')}\n\nif red: ${check.remedy}\n`;
}
