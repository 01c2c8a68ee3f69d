import type { Capability, Check, FaultMeta, RemedyMeta } from './vocabulary.ts';

/** Checks the types of a check: `run` receives exactly the probes named in `needs` and `optional`. */
export function defineCheck<const Needs extends Capability, const Optional extends Capability = never>(
  check: Check<Needs, Optional>,
): Check<Needs, Optional> {
  return check;
}

/** A fault is its description and, by layer, what is wrong with the server. */
export function defineFault<Layers extends object>(fault: FaultMeta & Layers): FaultMeta & Layers {
  return fault;
}

export function defineRemedy<Layers extends object>(remedy: RemedyMeta & Layers): RemedyMeta & Layers {
  return remedy;
}
