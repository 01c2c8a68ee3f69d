import { describeAnswerer, type AnswererKind } from './answered-by.ts';
import type { Evidence } from './evidence.ts';
import type { Inconclusive } from './observation.ts';

/** Says so where an answer was given by somebody else than `by`; `undefined` where it can be judged. */
export function foreignTo(
  slug: string,
  seen: Evidence | readonly Evidence[],
  by: readonly AnswererKind[] = ['emcp'],
): Inconclusive | undefined {
  const all = 'evidence' in seen ? [seen] : seen;
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
