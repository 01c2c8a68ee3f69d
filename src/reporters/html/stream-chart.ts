import type { JournalEntry } from '../../model/journal-entry.ts';
import { keptStream, type Arrival, type KeptStream } from '../sparkline.ts';
import { html, type Markup } from './markup.ts';
import { duration, prose } from './words.ts';

/**
 * Checks whose subject is when events arrive; the others watch the same stream for its content. An operator's own check
 * cannot take these ids.
 */
export const ABOUT_TIME: ReadonlySet<string> = new Set(['stream/live', 'stream/heartbeat']);
const AXIS = { left: 10, right: 350, y: 60 };

/** The streams that were watched for their cadence. */
export function streamsOf(journal: readonly JournalEntry[]): readonly Markup[] {
  return journal.flatMap((entry) => {
    const stream = ABOUT_TIME.has(entry.check) ? keptStream(entry) : undefined;
    return stream === undefined ? [] : [streamMarkup(entry.check, stream)];
  });
}

/** Events above the line, heartbeats below it, as they arrived. */
function streamMarkup(check: string, { arrivals, durationMs, diagnosis }: KeptStream): Markup {
  const words = inWords(arrivals, durationMs);
  return html`<figure>
    <h3>Arrival of events</h3>
    <svg viewBox="0 0 360 95" role="img" aria-label="${words}">
      <line class="axis" x1="${AXIS.left}" x2="${AXIS.right}" y1="${AXIS.y}" y2="${AXIS.y}" />
      ${arrivals.map((arrival) => tick(arrival, durationMs))}
      <text x="${AXIS.left}" y="${AXIS.y + 30}">0 ms</text>
      <text x="${AXIS.right}" y="${AXIS.y + 30}" text-anchor="end">${duration(durationMs)}</text>
    </svg>
    <figcaption>${words} ${prose(diagnosis)} <code>${check}</code></figcaption>
  </figure>`;
}

function tick({ at, heartbeat }: Arrival, durationMs: number): Markup {
  const share = Math.min(1, at / Math.max(1, durationMs));
  const x = Math.round((AXIS.left + share * (AXIS.right - AXIS.left)) * 10) / 10;
  const end = heartbeat ? AXIS.y + 12 : AXIS.y - 42;
  return html`<polyline class="trace" points="${x},${AXIS.y} ${x},${end}" />`;
}

function inWords(arrivals: readonly Arrival[], durationMs: number): string {
  const heartbeats = arrivals.filter(({ heartbeat }) => heartbeat).length;
  return `${arrivals.length - heartbeats} events (above) and ${heartbeats} heartbeats (below) in ${duration(durationMs)}.`;
}
