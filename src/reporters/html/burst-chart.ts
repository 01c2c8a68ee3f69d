import type { JournalEntry } from '../../model/journal-entry.ts';
import type { Fact } from '../../model/observation.ts';
import type { CheckResult } from '../../model/report.ts';
import { html, type Markup } from './markup.ts';
import { duration, prose } from './words.ts';

/** The fact that counts the requests of a burst, by check; an operator's own check cannot take these ids. */
export const COUNTED_BY: ReadonlyMap<string, string> = new Map([
  ['rate/threshold', 'allowed'],
  ['rate/global-threshold', 'allowed'],
  ['rate/unlimited', 'never-limited'],
]);
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
  const slug = COUNTED_BY.get(check.id);
  const fact = observations.find((seen): seen is Fact => seen.kind === 'fact' && seen.slug === slug);
  if (typeof fact?.actual !== 'number' || typeof fact.expected !== 'number') return undefined;
  const entries = journal.flatMap((entry) => {
    if (entry.check !== check.id || entry.kind !== 'http' || entry.response === undefined) return [];
    return [{ at: entry.at, refused: entry.response.status === 429 }];
  });
  const refused = entries.at(-1)?.refused === true ? 1 : 0;
  // A burst that had to be repeated left the entries of the first one, too.
  const own = entries.slice(-(fact.actual + refused)).toSorted((a, b) => a.at - b.at);
  const began = own[0]?.at ?? 0;
  if (own.length < 2) return undefined;
  return {
    check: check.id,
    title: check.title,
    promised: fact.expected,
    allowed: fact.actual,
    requests: own.map((request) => ({ ...request, at: request.at - began })),
  };
}

/** Requests let through over time, against the number that was promised. */
export function burstMarkup(burst: Burst): Markup {
  const { check, title, promised, requests } = burst;
  const end = Math.max(1, requests.at(-1)?.at ?? 1);
  const plot = plotOf(burst, end);
  const limit = plot.y(promised);
  return html`<figure>
    <h3>${prose(title)}</h3>
    <svg viewBox="0 0 360 195" role="img" aria-label="${inWords(burst, end)}">
      <line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}" />
      <line class="limit" x1="${PLOT.left}" x2="${PLOT.right}" y1="${limit}" y2="${limit}" />
      <text class="label" x="${PLOT.left + 4}" y="${limit - 6}">promised: ${promised}</text>
      ${marks(requests, plot)}
      <text x="${PLOT.left - 6}" y="${PLOT.bottom}" text-anchor="end">0</text>
      <text x="${PLOT.left}" y="${PLOT.bottom + 16}">0 ms</text>
      <text x="${PLOT.right}" y="${PLOT.bottom + 16}" text-anchor="end">${duration(end)}</text>
    </svg>
    <figcaption>
      ● let through, ○ beyond the promise, ✕ refused with 429. ${inWords(burst, end)} <code>${check}</code>
    </figcaption>
  </figure>`;
}

function inWords({ promised, allowed, requests }: Burst, end: number): string {
  const refused = requests.filter((request) => request.refused).length;
  const then = refused === 0 ? 'none was refused' : `then ${refused} was refused with 429`;
  return `${allowed} requests were let through in ${duration(end)}, ${then}. Promised: ${promised}.`;
}

interface Plot {
  readonly promised: number;
  readonly x: (at: number) => number;
  readonly y: (count: number) => number;
}

function plotOf({ promised, allowed }: Burst, end: number): Plot {
  const top = Math.max(promised, allowed) * 1.15;
  return {
    promised,
    x: (at) => round(PLOT.left + (at / end) * (PLOT.right - PLOT.left)),
    y: (count) => round(PLOT.bottom - (count / top) * (PLOT.bottom - PLOT.top)),
  };
}

/** A rising line; on it a dot for each request let through, and above its end a cross for each refused one. */
function marks(requests: Burst['requests'], plot: Plot): readonly Markup[] {
  let through = 0;
  const points = requests.map(({ at, refused }) => {
    if (!refused) through += 1;
    const count = refused ? through + 1 : through;
    return { x: plot.x(at), y: plot.y(count), refused, beyond: count > plot.promised };
  });
  const line = points.filter(({ refused }) => !refused).map(({ x, y }) => `${x},${y}`);
  return [html`<polyline class="trace" points="${line.join(' ')}" />`, ...points.map(markOf)];
}

function markOf({ x, y, refused, beyond }: Record<'x' | 'y', number> & Record<'refused' | 'beyond', boolean>): Markup {
  if (refused) {
    return html`<path class="refused" d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8" />
      <text class="label" x="${x + 4}" y="${y - 8}" text-anchor="end">429</text>`;
  }
  return html`<circle class="${beyond ? 'beyond' : 'through'}" cx="${x}" cy="${y}" r="${beyond ? 4.5 : 2.5}" />`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
