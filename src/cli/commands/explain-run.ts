import { openCatalogue } from '../../catalogue/index.ts';
import { nearest } from '../../config/nearest.ts';
import type { CheckMeta } from '../../model/check.ts';
import { UsageError } from '../../model/errors.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';

export interface ExplainFlags {
  readonly checks?: readonly string[];
  readonly json?: boolean;
}

export async function runExplain(id: string, flags: ExplainFlags, io: Io): Promise<number> {
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
