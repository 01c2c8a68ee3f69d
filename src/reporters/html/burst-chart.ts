import type { JournalEntry } from '../../model/evidence.ts';
import type { Fact } from '../../model/observation.ts';
import type { CheckResult } from '../../model/report.ts';
import { html, type Markup } from './markup.ts';
import { duration } from './words.ts';

/** Slugs of facts that say how many requests a burst got through. */
const COUNTED = new Set(['allowed', 'never-limited']);
const PLOT = { left: 30, right: 350, top: 14, bottom: 170 };

export interface Burst {
  readonly check: string;
  readonly title: string;
  readonly promised: number;
  readonly allowed: number;
  /** Milliseconds since the first request, and whether it was let through. */
  readonly requests: readonly { readonly at: number; readonly refused: boolean }[];
}

/** The burst a rate check sent, from its journal; `undefined` where it counted none. */
export function burstOf({ check, observations }: CheckResult, journal: readonly JournalEntry[]): Burst | undefined {
  const fact = observations.find((seen): seen is Fact => seen.kind === 'fact' && COUNTED.has(seen.slug));
  if (!check.id.startsWith('rate/') || typeof fact?.actual !== 'number' || typeof fact.expected !== 'number')
    return undefined;
  const entries = journal.filter((entry) => entry.check === check.id && typeof entry.outcome['status'] === 'number');
  const refused = entries.at(-1)?.outcome['status'] === 429 ? 1 : 0;
  // A burst that had to be repeated left the entries of the first one, too.
  const own = entries.slice(-(fact.actual + refused)).toSorted((a, b) => a.at - b.at);
  const began = own[0]?.at ?? 0;
  if (own.length < 2) return undefined;
  return {
    check: check.id,
    title: check.title,
    promised: fact.expected,
    allowed: fact.actual,
    requests: own.map(({ at, outcome }) => ({ at: at - began, refused: outcome['status'] === 429 })),
  };
}

/** Requests let through over time, against the number that was promised. */
export function burstMarkup({ check, title, promised, allowed, requests }: Burst): Markup {
  const end = Math.max(1, requests.at(-1)?.at ?? 1);
  const top = Math.max(promised, allowed) * 1.15;
  const x = (at: number): number => round(PLOT.left + (at / end) * (PLOT.right - PLOT.left));
  const y = (count: number): number => round(PLOT.bottom - (count / top) * (PLOT.bottom - PLOT.top));
  const refused = requests.filter((request) => request.refused).length;
  const says = `${allowed} requests were let through in ${duration(end)}, ${refused === 0 ? 'none was refused' : `then ${refused} was refused with 429`}. Promised: ${promised}.`;
  return html`<figure>
    <h3>${title}</h3>
    <svg viewBox="0 0 360 195" role="img" aria-label="${says}">
      <line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}" />
      <line class="limit" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(promised)}" y2="${y(promised)}" />
      <text class="label" x="${PLOT.left + 4}" y="${y(promised) - 5}">promised: ${promised}</text>
      ${marks(requests, x, y)}
      <text x="${PLOT.left - 6}" y="${y(0)}" text-anchor="end">0</text>
      <text x="${PLOT.left}" y="${PLOT.bottom + 16}">0 ms</text>
      <text x="${PLOT.right}" y="${PLOT.bottom + 16}" text-anchor="end">${duration(end)}</text>
    </svg>
    <figcaption>● let through, ✕ refused with 429. ${says} <code>${check}</code></figcaption>
  </figure>`;
}

type Scale = (value: number) => number;

/** A rising line with a dot for each request let through, and a cross for each refused one. */
function marks(requests: Burst['requests'], x: Scale, y: Scale): readonly Markup[] {
  let count = 0;
  const points = requests.map(({ at, refused }) => {
    if (!refused) count += 1;
    return { x: x(at), y: y(refused ? count + 1 : count), refused };
  });
  const through = points.filter((point) => !point.refused);
  return [
    html`<polyline class="trace" points="${through.map((point) => `${point.x},${point.y}`).join(' ')}" />`,
    ...through.map((point) => html`<circle class="through" cx="${point.x}" cy="${point.y}" r="2.5" />`),
    ...points
      .filter((point) => point.refused)
      .map(
        (point) =>
          html`<path class="refused" d="M${point.x - 4} ${point.y - 4}l8 8m0 -8l-8 8" /><text
              class="label"
              x="${point.x - 8}"
              y="${point.y + 4}"
              text-anchor="end"
              >429</text
            >`,
      ),
  ];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
