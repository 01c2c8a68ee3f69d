import type { Expectations } from './expectations.ts';

/** A deployment that differs from a stock one: what its profile promises, and how its server is set up. */
export interface World {
  readonly expect?: Partial<Expectations>;
  /** By dot key. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where the API is looked for, when that is not where it is. */
  readonly apiPath?: string;
}

/** A way a target can be wrong; what is wrong is added by the layers of the reference server (see `defineFault`). */
export interface FaultMeta {
  /** Its path below `src/faults/`, without the extension. */
  readonly id: string;
  readonly title: string;
  /** What an operator would have done or met for this to happen. */
  readonly story: string;
  /** `check/id:slug` of every observation this must turn red. */
  readonly breaks: readonly string[];
  /** Checks (or `check/id:slug`) that rightly turn red as well. */
  readonly alsoBreaks?: readonly string[];
  /** Where the fault can be met, when a stock installation has nothing it could break. */
  readonly world?: World;
}

/** The same in the other direction: a better runtime, or a setting an operator can change today. */
export interface RemedyMeta {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  /** `check/id:slug` of observations that are red on the faithful server and green with this. */
  readonly mends: readonly string[];
}
