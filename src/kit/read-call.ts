import { equals, holds, type Seeing } from './observe.ts';
import { succeeds } from './facts.ts';
import {
  at,
  jsonOf,
  parseJson,
  sameJson,
  type Exchange,
  type Expectations,
  type Json,
  type JsonObject,
} from './vocabulary.ts';

/** Params of the read call of the runbook (§3.2, §8.3): one document at most. */
export function searchFor(limit = 1): JsonObject {
  return { name: 'evo.content.search', arguments: { limit } };
}

/** A read call gave items, mirrored as text, with the toolset version in `meta` (contract §6.5, §7.3). */
export function* readCallFacts(reply: Exchange, expect: Expectations): Generator<Seeing, void, void> {
  const result = at(jsonOf(reply), 'result');
  const structured = at(result, 'structuredContent');
  yield succeeds('answered', reply);
  yield equals('no-error', { actual: at(result, 'isError'), expected: false, seen: reply });
  const items = at(structured, 'items');
  yield holds('items', {
    actual: Array.isArray(items) ? `${items.length} items` : '(no list)',
    expected: 'a list with at most one item',
    held: Array.isArray(items) && items.length <= 1,
    seen: reply,
  });
  yield equals('meta', {
    actual: at(structured, 'meta', 'toolsetVersion'),
    expected: expect.toolsetVersion,
    seen: reply,
  });
  const text = at(result, 'content', 0, 'text');
  yield holds('text-mirror', {
    actual: mirrorState(text, structured),
    expected: 'the text block is the structured content as JSON',
    held: mirrorState(text, structured) === 'equal',
    seen: reply,
  });
}

function mirrorState(text: Json | undefined, structured: Json | undefined): string {
  if (typeof text !== 'string' || structured === undefined) return 'missing';
  const mirrored = parseJson(text);
  if (mirrored === undefined) return 'not JSON';
  return sameJson(mirrored, structured) ? 'equal' : 'differs';
}
