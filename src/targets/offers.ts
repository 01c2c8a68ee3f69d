import { CAPABILITIES, type Capability } from '../model/probes.ts';
import type { Offer, TargetFacts } from '../model/target.ts';

/** Every capability, offered with what it rests on or absent with what to give. */
export function offersOf(given: Partial<Record<Capability, Offer>>, absent: string): TargetFacts['offers'] {
  const entries = CAPABILITIES.map((name) => [name, given[name] ?? { offered: false, because: absent }] as const);
  return Object.fromEntries(entries) as TargetFacts['offers'];
}

export function offered(because: string): Offer {
  return { offered: true, because };
}

/** Offered when there is something it rests on; otherwise absent, saying what would do. */
export function offeredIf(there: unknown, because: string, otherwise: string): Offer {
  return there === undefined ? { offered: false, because: otherwise } : { offered: true, because };
}
