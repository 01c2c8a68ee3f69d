import { Unreachable } from '../model/errors.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Redactor } from '../model/redaction.ts';

/** Characters of one text that are kept; the rest is counted. */
const LONGEST_TEXT = 16_384;
/** Characters behind the cut that are still looked through for secrets: more than the longest spelling of any. */
const MARGIN = 65_536;

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

/** Numbers the requests of one check and keeps what came of each. */
export interface Recorder {
  /** Asks, keeps question and outcome (a failure, too), and hands on the answer with its evidence number. */
  ask<Value>(
    asked: Asked,
    answer: () => Promise<Answered<Value>>,
  ): Promise<{ readonly value: Value; readonly evidence: number }>;
}

export interface Journal {
  readonly entries: () => readonly JournalEntry[];
  recorderFor(check: string): Recorder & { readonly entries: () => number };
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
        entries: () => sequence,
        async ask({ probe, question }, answer) {
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
  return mapTexts(redactor.json(mapTexts(value, value, withoutTail)), value, cut);
}

/** What is far behind the cut is not kept anyway; a secret that begins before the cut is still whole. */
function withoutTail(text: string): string {
  return text.slice(0, LONGEST_TEXT + MARGIN);
}

function cut(text: string, original: string): string {
  if (text.length <= LONGEST_TEXT) return wellFormed(text);
  const more = Math.max(text.length, original.length) - LONGEST_TEXT;
  return `${wellFormed(text.slice(0, LONGEST_TEXT))}… (${more} more characters)`;
}

/** Every text changed, with the one in the same place of a value of the same shape. */
function mapTexts(
  value: JsonObject,
  original: JsonObject,
  change: (text: string, original: string) => string,
): JsonObject {
  const walk = (node: Json, from: Json | undefined): Json => {
    if (typeof node === 'string') return change(node, typeof from === 'string' ? from : node);
    if (isList(node)) return node.map((inner, index) => walk(inner, isList(from) ? from[index] : undefined));
    return isObject(node) ? mapTexts(node, isObject(from) ? from : node, change) : node;
  };
  const originals = Object.values(original);
  return Object.fromEntries(Object.entries(value).map(([key, inner], index) => [key, walk(inner, originals[index])]));
}

/** A lone surrogate is no Unicode and would break the readers of a report. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
