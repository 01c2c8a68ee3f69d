import type { Evidence, Fact, Json, Observation } from './vocabulary.ts';
import { sameJson } from '../model/json.ts';
import { ABSENT } from '../model/observation.ts';

type Seen = Evidence | readonly Evidence[];

interface Measured {
  readonly actual: Json | undefined;
  readonly seen: Seen;
  readonly note?: string;
}

/** What came is, as JSON, what was promised. An absent value is reported as such. */
export function equals(slug: string, fact: Measured & { readonly expected: Json }): Fact {
  return holds(slug, { ...fact, held: fact.actual !== undefined && sameJson(fact.actual, fact.expected) });
}

/** What came is one of several promised values; the one seen is in the report. */
export function oneOf(slug: string, fact: Measured & { readonly expected: readonly Json[] }): Fact {
  const held = fact.expected.some((value) => fact.actual !== undefined && sameJson(fact.actual, value));
  return holds(slug, { ...fact, expected: { oneOf: fact.expected }, held });
}

/** What came is text of a promised form. */
export function matches(slug: string, fact: Measured & { readonly expected: RegExp }): Fact {
  const held = typeof fact.actual === 'string' && fact.expected.test(fact.actual);
  return holds(slug, { ...fact, expected: `text like ${fact.expected.source}`, held });
}

/** A judgement of the check's own; `expected` says in words or as a value what was promised. */
export function holds(slug: string, fact: Measured & { readonly expected: Json; readonly held: boolean }): Fact {
  const seen = Array.isArray(fact.seen) ? (fact.seen as readonly Evidence[]) : [fact.seen as Evidence];
  return {
    kind: 'fact',
    slug,
    held: fact.held,
    actual: fact.actual === undefined ? ABSENT : fact.actual,
    expected: fact.expected,
    seen: seen.map((one) => one.evidence),
    ...(fact.note === undefined ? {} : { note: fact.note }),
  };
}

/** No promise of this profile concerns the check. */
export function notApplicable(reason: string): Observation {
  return { kind: 'not-applicable', reason };
}

/** It was tried, and what came cannot tell. */
export function inconclusive(reason: string): Observation {
  return { kind: 'inconclusive', reason };
}
