import { html, type Markup } from './markup.ts';
import { duration } from './words.ts';

/** Milliseconds at which a bar begins; each is about twice the one before. */
const STARTS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
const PLOT = { left: 8, right: 352, top: 24, bottom: 170 };

interface Bar {
  readonly from: number;
  readonly count: number;
}

/** How long the target took to answer: how often, by size. */
export function latencyMarkup(times: readonly number[]): Markup {
  const bars = barsOf(times);
  const sorted = times.toSorted((a, b) => a - b);
  const says = `${times.length} answers: half within ${duration(quantile(sorted, 0.5))}, 95 % within ${duration(quantile(sorted, 0.95))}, the slowest after ${duration(quantile(sorted, 1))}.`;
  const step = (PLOT.right - PLOT.left) / bars.length;
  return html`<figure>
    <h3>How long answers took</h3>
    <svg viewBox="0 0 360 195" role="img" aria-label="${says}">
      ${bars.map((bar, index) => barMarkup(bar, { x: PLOT.left + index * step, step, most: Math.max(...bars.map(({ count }) => count)) }))}
      <line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}" />
    </svg>
    <figcaption>Answers by the time from question to last byte. ${says}</figcaption>
  </figure>`;
}

interface Place {
  readonly x: number;
  readonly step: number;
  readonly most: number;
}

function barMarkup({ from, count }: Bar, { x, step, most }: Place): Markup {
  const height = Math.round((count / most) * (PLOT.bottom - PLOT.top));
  const middle = Math.round(x + step / 2);
  const width = Math.round(step - 3);
  return html`<rect
      class="bar"
      x="${Math.round(x + 1.5)}"
      y="${PLOT.bottom - height}"
      width="${width}"
      height="${height}"
    />
    ${count === 0 ? '' : html`<text class="label" x="${middle}" y="${PLOT.bottom - height - 5}" text-anchor="middle">${count}</text>`}
    <text x="${Math.round(x + 1.5)}" y="${PLOT.bottom + 16}"
      >${from < 1000 ? from : `${from / 1000}k`}${from === 0 ? ' ms' : ''}</text
    >`;
}

/** From the first bar with anything in it to the last. */
function barsOf(times: readonly number[]): readonly Bar[] {
  const bars = STARTS.map((from, index) => {
    const to = STARTS[index + 1] ?? Infinity;
    return { from, count: times.filter((time) => time >= from && time < to).length };
  });
  const last = bars.findLastIndex(({ count }) => count > 0);
  return bars.slice(0, Math.max(last + 1, 4));
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
