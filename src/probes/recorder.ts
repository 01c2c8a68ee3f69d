import { Unreachable } from '../model/errors.ts';
import type { JournalEntry } from '../model/evidence.ts';
import type { JsonObject } from '../model/json.ts';
import type { Redactor } from '../model/redaction.ts';

/** Characters of one text that are kept; the rest is counted. */
const LONGEST_TEXT = 16_384;

export interface Asked {
  /** Name of the probe. */
  readonly probe: string;
  readonly question: JsonObject;
}

export interface Answered<Value> {
  readonly value: Value;
  /** What may be kept of the answer. */
  readonly outcome: JsonObject;
}

/** Numbers the questions of one check and keeps what came of each. */
export interface Recorder {
  /** Asks, keeps question and outcome (a failure, too), and hands on the answer with its evidence number. */
  ask<Value>(
    asked: Asked,
    answer: () => Promise<Answered<Value>>,
  ): Promise<{ readonly value: Value; readonly evidence: number }>;
}

export interface Journal {
  readonly entries: () => readonly JournalEntry[];
  recorderFor(check: string): Recorder;
}

/** The only place where anything asked or answered is kept; it is redacted and cut before that. */
export function createJournal(redactor: Redactor, monotonic: () => number = () => performance.now()): Journal {
  const kept: JournalEntry[] = [];
  const began = monotonic();
  return {
    entries: () => kept,
    recorderFor(check) {
      let sequence = 0;
      return {
        async ask({ probe, question }, answer) {
          sequence += 1;
          const evidence = sequence;
          const started = monotonic();
          const keep = (outcome: JsonObject): void => {
            const at = Math.round(started - began);
            const ms = Math.round(monotonic() - started);
            // Cut afterwards: the beginning of a short secret is no longer told from a word.
            const clean = cut(redactor.json({ question, outcome })) as Pick<JournalEntry, 'question' | 'outcome'>;
            kept.push({ check, sequence: evidence, probe, ...clean, at, ms });
          };
          try {
            const { value, outcome } = await answer();
            keep(outcome);
            return { value, evidence };
          } catch (error) {
            keep({ failed: error instanceof Unreachable ? error.kind : failureName(error) });
            throw error;
          }
        },
      };
    },
  };
}

function failureName(error: unknown): string {
  return error instanceof Error ? error.name : 'stopped';
}

function cut(value: unknown): unknown {
  if (typeof value === 'string') return cutText(value);
  if (Array.isArray(value)) return value.map(cut);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner)]));
}

function cutText(text: string): string {
  if (text.length <= LONGEST_TEXT) return wellFormed(text);
  return `${wellFormed(text.slice(0, LONGEST_TEXT))}… (${text.length - LONGEST_TEXT} more characters)`;
}

/** A lone surrogate is no Unicode and would break the readers of a report. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
