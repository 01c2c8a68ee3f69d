import { Unreachable } from '../model/errors.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { JsonObject } from '../model/json.ts';
import type { Redactor } from '../model/redaction.ts';
import { createPersonalData, type PersonalData } from './personal-data.ts';

/** Characters of one text that are kept; the rest is counted. */
const LONGEST_TEXT = 16_384;
/** Characters behind the cut that are still looked through for secrets: more than the longest spelling of any. */
const MARGIN = 65_536;

/** Characters of what somebody calls itself. */
const LONGEST_WORDS = 200;

export interface Asked {
  /** Name of the probe. */
  readonly probe: string;
  readonly question: JsonObject;
  /** Credentials that go with it, by what stands in their place: an echo of them is not kept. */
  readonly credentials?: Readonly<Record<string, readonly string[]>>;
}

export interface Answered<Value> {
  readonly value: Value;
  /** What may be kept of the answer. */
  readonly outcome: JsonObject;
}

/** Numbers the requests of one check and keeps what came of each. */
export interface Recorder {
  /** Asks, keeps question and outcome (a failure, too), and hands on the answer with its evidence number. */
  ask<Value>(
    asked: Asked,
    answer: () => Promise<Answered<Value>>,
  ): Promise<{ readonly value: Value; readonly evidence: number }>;
  /** A few words of the target, cut where they are long, after the secrets in them are gone. */
  readonly brief: (this: void, text: string) => string;
}

export interface Journal {
  readonly entries: () => readonly JournalEntry[];
  /** One for the run, so that equal values look alike in all of it. */
  readonly personalData: PersonalData;
  recorderFor(check: string): Recorder & { readonly entries: () => number };
}

/** The only place where anything asked or answered is kept; it is redacted and cut before that. */
export function createJournal(redactor: Redactor, monotonic: () => number = () => performance.now()): Journal {
  const kept: JournalEntry[] = [];
  const began = monotonic();
  return {
    entries: () => kept,
    personalData: createPersonalData(),
    recorderFor(check) {
      let sequence = 0;
      return {
        entries: () => sequence,
        brief: (text) => wellFormed(redactor.text(text).slice(0, LONGEST_WORDS)),
        async ask({ probe, question, credentials = {} }, answer) {
          for (const [label, values] of Object.entries(credentials))
            for (const value of values) redactor.learn(value, label);
          sequence += 1;
          const evidence = sequence;
          const started = monotonic();
          const note = (given: JsonObject): void => {
            const at = Math.round(started - began);
            const ms = Math.round(monotonic() - started);
            const entry = { question: keep(question, redactor), outcome: keep(given, redactor) };
            kept.push({ check, sequence: evidence, probe, ...entry, at, ms });
          };
          try {
            const { value, outcome } = await answer();
            note(outcome);
            return { value, evidence };
          } catch (error) {
            note({ failed: error instanceof Unreachable ? error.kind : failureName(error) });
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

/** Redacted first and cut afterwards: the beginning of a secret is no longer told from a word. */
function keep(value: JsonObject, redactor: Redactor): JsonObject {
  return redactor.json(value, (text) => cut(redactor.text(withoutTail(text)), text.length));
}

/** What is far behind the cut is not kept anyway; a secret that begins before the cut is still whole. */
function withoutTail(text: string): string {
  return text.slice(0, LONGEST_TEXT + MARGIN);
}

function cut(text: string, length: number): string {
  if (text.length <= LONGEST_TEXT) return wellFormed(text);
  const more = Math.max(text.length, length) - LONGEST_TEXT;
  return `${wellFormed(text.slice(0, LONGEST_TEXT))}… (${more} more characters)`;
}

/** A lone surrogate is no Unicode and would break the readers of a report. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
