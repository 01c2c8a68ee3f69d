import type { JournalEntry } from '../model/journal-entry.ts';
import { at, type Json } from '../model/json.ts';

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

/** Reads a journal entry; `undefined` where no stream was watched. */
export function keptStream({ probe, outcome }: JournalEntry): KeptStream | undefined {
  const stream = outcome['stream'];
  const [frames, durationMs, diagnosis] = [at(stream, 'frames'), at(stream, 'durationMs'), at(stream, 'diagnosis')];
  if (probe !== 'stream' || !Array.isArray(frames) || typeof durationMs !== 'number') return undefined;
  return { arrivals: frames.flatMap(arrivalOf), durationMs, diagnosis: typeof diagnosis === 'string' ? diagnosis : '' };
}

function arrivalOf(frame: Json): Arrival[] {
  const time = at(frame, 'at');
  return typeof time === 'number' ? [{ at: time, heartbeat: at(frame, 'kind') === 'comment' }] : [];
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
