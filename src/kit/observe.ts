import { ABSENT, sameJson } from '../model/json.ts';
import {
  foreignTo,
  type AnswererKind,
  type Evidence,
  type Fact,
  type Inconclusive,
  type Json,
  type Observation,
} from './vocabulary.ts';

interface Measured {
  readonly actual: Json | undefined;
  readonly seen: Evidence | readonly Evidence[];
  readonly note?: string;
  /** Whose HTTP answers say something here: eMCP's alone by default. */
  readonly by?: readonly AnswererKind[];
}

/** A fact, or why there is none. */
export type Seeing = Fact | Inconclusive;

/** What was got is, as JSON, what was expected. An absent value is reported as such. */
export function equals(slug: string, fact: Measured & { readonly expected: Json }): Fact {
  return holds(slug, { ...fact, held: fact.actual !== undefined && sameJson(fact.actual, fact.expected) });
}

/** What was got is one of several expected values; the one seen is in the report. */
export function oneOf(slug: string, fact: Measured & { readonly expected: readonly Json[] }): Fact {
  const held = fact.expected.some((value) => fact.actual !== undefined && sameJson(fact.actual, value));
  return holds(slug, { ...fact, expected: { oneOf: fact.expected }, held });
}

/** What was got is text of an expected form. */
export function matches(slug: string, fact: Measured & { readonly expected: RegExp }): Fact {
  const held = typeof fact.actual === 'string' && fact.expected.test(fact.actual);
  return holds(slug, { ...fact, expected: `text like ${fact.expected.source}`, held });
}

/**
 * A judgement of the check's own; `expected` says in words or as a value what was expected. Where somebody else than `by`
 * gave an answer it was read from, the run keeps that in place of the fact.
 */
export function holds(slug: string, fact: Measured & { readonly expected: Json; readonly held: boolean }): Fact {
  const seen = 'evidence' in fact.seen ? [fact.seen] : fact.seen;
  // Where others may answer as well, a failure says who did.
  const note = fact.note ?? (fact.held ? undefined : foreignTo(slug, seen)?.reason);
  return {
    kind: 'fact',
    slug,
    held: fact.held,
    actual: fact.actual === undefined ? ABSENT : fact.actual,
    expected: fact.expected,
    seen: seen.map((one) => one.evidence),
    ...(fact.by === undefined ? {} : { by: fact.by }),
    ...(note === undefined ? {} : { note }),
  };
}

/** What the check is about is not there. */
export function notApplicable(reason: string, slug?: string): Observation {
  return { kind: 'not-applicable', reason, ...(slug === undefined ? {} : { slug }) };
}

/** It was tried, and what was got cannot tell. */
export function inconclusive(reason: string, slug?: string): Inconclusive {
  return { kind: 'inconclusive', reason, ...(slug === undefined ? {} : { slug }) };
}
