import type { Json } from './json.ts';

/**
 * One thing a check saw. A `fact` carries what came, what was promised and the journal entries it was read from;
 * a check never says pass or fail.
 */
export type Observation =
  | {
      readonly kind: 'fact';
      /** Public, the same whether it holds or not; one check may repeat it, once for each row of a matrix. */
      readonly slug: string;
      readonly held: boolean;
      readonly actual: Json;
      readonly expected: Json;
      readonly seen: readonly number[];
      readonly note?: string;
    }
  | { readonly kind: 'not-applicable'; readonly reason: string }
  | { readonly kind: 'inconclusive'; readonly reason: string };

export type Fact = Extract<Observation, { kind: 'fact' }>;

/** What stands for a value that was not there. */
export const ABSENT = '(absent)';
