import { describe, expect, it } from 'vitest';
import { frame, streamEntry } from '../../support/entries.ts';
import { openCatalogue } from '../../../src/catalogue/index.ts';
import type { CheckResult, Report } from '../../../src/model/report.ts';
import { COUNTED_BY } from '../../../src/reporters/html/burst-chart.ts';
import { chartsMarkup } from '../../../src/reporters/html/charts.ts';
import { ABOUT_TIME } from '../../../src/reporters/html/stream-chart.ts';
import { MARKER_CHECKS } from '../../../src/run/report.ts';
import { sampleReport } from '../../support/sample-report.ts';

describe('what a report reads of a check by its id', () => {
  it('is read of built-in checks alone, whose ids an own check cannot take', async () => {
    const { checks } = await openCatalogue();
    const builtIn = new Set(checks.map(({ id }) => id));
    const read = [...COUNTED_BY.keys(), ...ABOUT_TIME, ...MARKER_CHECKS];
    expect(read.filter((id) => !builtIn.has(id))).toEqual([]);
  });
});

describe('the charts', () => {
  it('draw the burst of a check that counts one', () => {
    expect(drawn(sampleReport())).toContain('4 requests were let through');
  });

  it('draw nothing of an own check that is named alike, counts alike and watches alike', () => {
    const burst = sampleReport();
    expect(drawn(under('rate/mine', burst))).not.toContain('requests were let through');
    const streamed = {
      ...burst,
      journal: [
        streamEntry({ check: 'rate/threshold', frames: [frame('event', 0)], diagnosis: 'live' }),
        streamEntry({ check: 'stream/mine', frames: [frame('event', 0)], diagnosis: 'live' }),
      ],
    };
    expect(drawn(streamed)).not.toContain('Arrival of events');
  });

  it('count by the one fact of the check that counts, whatever else is called so', () => {
    const { results, ...rest } = sampleReport();
    const [fact] = results.find(({ check }) => check.id === 'rate/threshold')?.observations ?? [];
    const renamed = fact?.kind === 'fact' ? [{ ...fact, slug: 'never-limited' }] : [];
    const changed = results.map((result) =>
      result.check.id === 'rate/threshold' ? { ...result, observations: renamed } : result,
    );
    expect(drawn({ ...rest, results: changed })).not.toContain('requests were let through');
  });
});

function drawn(report: Report): string {
  return chartsMarkup(report)?.text ?? '';
}

/** The burst of the sample, as if a check of this id had sent it. */
function under(id: string, { results, journal, ...rest }: Report): Report {
  const rename = (own: string): string => (own === 'rate/threshold' ? id : own);
  return {
    ...rest,
    results: results.map((result): CheckResult => ({
      ...result,
      check: { ...result.check, id: rename(result.check.id) },
    })),
    journal: journal.map((entry) => ({ ...entry, check: rename(entry.check) })),
  };
}
