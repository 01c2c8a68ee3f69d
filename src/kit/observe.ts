import { describeAnswerer, type AnswererKind } from '../model/answered-by.ts';
import { ABSENT, sameJson } from '../model/json.ts';
import type { Evidence, Fact, Inconclusive, Json, Observation } from './vocabulary.ts';

type Seen = Evidence | readonly Evidence[];

interface Measured {
  readonly actual: Json | undefined;
  readonly seen: Seen;
  readonly note?: string;
  /** Whose HTTP answers say something here: eMCP's alone by default. */
  readonly by?: readonly AnswererKind[];
}

/** A fact, or why there is none: it was read from an answer that somebody else gave. */
export type Seeing = Fact | Inconclusive;

/** What was got is, as JSON, what was expected. An absent value is reported as such. */
export function equals(slug: string, fact: Measured & { readonly expected: Json }): Seeing {
  return holds(slug, { ...fact, held: fact.actual !== undefined && sameJson(fact.actual, fact.expected) });
}

/** What was got is one of several expected values; the one seen is in the report. */
export function oneOf(slug: string, fact: Measured & { readonly expected: readonly Json[] }): Seeing {
  const held = fact.expected.some((value) => fact.actual !== undefined && sameJson(fact.actual, value));
  return holds(slug, { ...fact, expected: { oneOf: fact.expected }, held });
}

/** What was got is text of an expected form. */
export function matches(slug: string, fact: Measured & { readonly expected: RegExp }): Seeing {
  const held = typeof fact.actual === 'string' && fact.expected.test(fact.actual);
  return holds(slug, { ...fact, expected: `text like ${fact.expected.source}`, held });
}

/**
 * A judgement of the check's own; `expected` says in words or as a value what was expected. An answer of somebody else
 * than `by` is neither: whatever it looks like, it says nothing about the claim.
 */
export function holds(slug: string, fact: Measured & { readonly expected: Json; readonly held: boolean }): Seeing {
  const seen = listOf(fact.seen);
  const foreign = foreignTo(slug, seen, fact.by);
  if (foreign !== undefined) return foreign;
  // Where others may answer as well, a failure says who did.
  const note = fact.note ?? (fact.held ? undefined : foreignTo(slug, seen)?.reason);
  return {
    kind: 'fact',
    slug,
    held: fact.held,
    actual: fact.actual === undefined ? ABSENT : fact.actual,
    expected: fact.expected,
    seen: seen.map((one) => one.evidence),
    ...(note === undefined ? {} : { note }),
  };
}

/** Says so where an answer was given by somebody else than `by`; `undefined` where it can be judged. */
export function foreignTo(slug: string, seen: Seen, by: readonly AnswererKind[] = ['emcp']): Inconclusive | undefined {
  const all = listOf(seen);
  const foreign = all.filter(({ answeredBy }) => answeredBy !== undefined && !by.includes(answeredBy.kind));
  const [first] = foreign;
  if (first?.answeredBy === undefined) return undefined;
  const share = foreign.length === all.length ? '' : ` (${foreign.length} of ${all.length} answers)`;
  return {
    kind: 'inconclusive',
    slug,
    reason: `${describeAnswerer(first.answeredBy)}${share}`,
    seen: foreign.map((one) => one.evidence),
    answeredBy: first.answeredBy,
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

function listOf(seen: Seen): readonly Evidence[] {
  return 'evidence' in seen ? [seen] : seen;
}
