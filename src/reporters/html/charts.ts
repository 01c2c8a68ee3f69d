import { journalOf, type Report } from '../../model/report.ts';
import { keptExchange } from '../exchange.ts';
import { burstOf, burstMarkup } from './burst-chart.ts';
import { latencyMarkup } from './latency-chart.ts';
import { html, type Markup } from './markup.ts';
import { streamsOf } from './stream-chart.ts';

/** What people would rather look at than read; nothing where nothing was measured. */
export function chartsMarkup(report: Report): Markup | undefined {
  const journal = journalOf(report);
  const bursts = report.results.flatMap((result) => burstOf(result, journal) ?? []);
  const exchanges = journal.flatMap((entry) => keptExchange(entry) ?? []);
  const answered = exchanges.filter(({ answer }) => answer.kind === 'answered').map(({ entry }) => entry.ms);
  const latency = answered.length === 0 ? [] : [latencyMarkup(answered)];
  const figures = [...bursts.map(burstMarkup), ...streamsOf(journal), ...latency];
  if (figures.length === 0) return undefined;
  return html`<h2>Measured</h2>
    <div class="charts">${figures}</div>`;
}
