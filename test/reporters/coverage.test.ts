import { describe, expect, it } from 'vitest';
import type { Lack } from '../../src/model/plan.ts';
import { outcomeOf, totalsOf, type CheckResult, type Report } from '../../src/model/report.ts';
import { coverageText } from '../../src/reporters/status.ts';
import { renderTerminal } from '../../src/reporters/terminal.ts';
import { fakeFacts } from '../support/fakes.ts';
import { sampleReport } from '../support/sample-report.ts';

const [first] = sampleReport().results;
if (first === undefined) throw new Error('the sample has no results');
const pass: CheckResult = { ...first, status: 'pass' };

function skip(lacks?: Lack): CheckResult {
  return { ...pass, status: 'skip', reason: 'skipped', ...(lacks === undefined ? {} : { lacks }) };
}

function lastLines(results: readonly CheckResult[], kind: 'remote' | 'embedded'): string {
  const run = { strict: false, only: [], interrupted: null };
  const change: Partial<Report> = {
    target: fakeFacts({ kind }),
    results,
    totals: totalsOf(results),
    outcome: outcomeOf(results, run),
  };
  const style = { color: false, width: 100, verbose: false, quiet: true };
  return renderTerminal(sampleReport('plain', change), style);
}

describe('what was measured', () => {
  it('is everything where nothing is lacking, whatever does not apply', () => {
    expect(coverageText({ results: [pass, skip()] })).toBeUndefined();
    expect(lastLines([pass, skip()], 'remote')).toContain('all that was required was measured and holds');
  });

  it('is counted where something is lacking, and never called all that was required', () => {
    const lacking = [
      pass,
      skip('allow-write'),
      skip('allow-load'),
      skip('allow-load'),
      skip('mint'),
      skip('artisan'),
      skip(),
    ];
    const says = '1 of 6 measured; 3 need `--allow write,load`, 1 the secret, 1 a console';
    expect(coverageText({ results: lacking })).toBe(says);
    expect(lastLines(lacking, 'remote')).toContain(says);
    expect(lastLines(lacking, 'remote')).not.toContain('all that was required');
  });

  it('names one impact alone where only that is lacking', () => {
    expect(coverageText({ results: [pass, skip('allow-load')] })).toBe('1 of 2 measured; 1 needs `--allow load`');
  });

  it('asks nobody for what the embedded server cannot have', () => {
    expect(lastLines([pass, skip('config')], 'embedded')).toContain('all that the embedded server has was measured');
  });
});
