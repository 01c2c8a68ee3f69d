import type { JournalEntry } from '../model/journal-entry.ts';

/** When something arrived, in milliseconds, and whether it was more than a heartbeat. */
export interface Arrival {
  readonly at: number;
  readonly heartbeat: boolean;
}

/** A watched stream as the journal keeps it. */
export interface KeptStream {
  readonly arrivals: readonly Arrival[];
  readonly durationMs: number;
  /** How it was carried, in words. */
  readonly diagnosis: string;
}

const SILENCE = '·';
const HEARTBEAT = '▁';
const EVENTS = ['▃', '▅', '▇', '█'] as const;

/** What a journal entry holds of a watched stream; `undefined` where none was watched. */
export function keptStream(entry: JournalEntry): KeptStream | undefined {
  if (entry.kind !== 'stream' || entry.response === undefined) return undefined;
  const { frames, durationMs, diagnosis } = entry.response;
  return {
    arrivals: frames.map(({ atMs: at, kind }) => ({ at, heartbeat: kind === 'comment' })),
    durationMs: Math.round(durationMs),
    diagnosis,
  };
}

/** Time from left to right: a dot is silence, a low mark a heartbeat, a bar the higher the more events. */
export function cadenceLine(arrivals: readonly Arrival[], durationMs: number, width: number): string {
  const columns = Array.from({ length: width }, () => ({ events: 0, heartbeats: 0 }));
  for (const { at: time, heartbeat } of arrivals) {
    const column = columns[Math.min(width - 1, Math.floor((time / Math.max(1, durationMs)) * width))];
    if (column !== undefined) column[heartbeat ? 'heartbeats' : 'events'] += 1;
  }
  return columns.map(mark).join('');
}

function mark({ events, heartbeats }: { readonly events: number; readonly heartbeats: number }): string {
  if (events === 0) return heartbeats === 0 ? SILENCE : HEARTBEAT;
  return EVENTS[Math.min(EVENTS.length, events) - 1] ?? SILENCE;
}
