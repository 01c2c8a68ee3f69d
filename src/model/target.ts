import type { Redactor } from './redaction.ts';
import type { JournalEntry } from './evidence.ts';
import type { Capability, Clock, Ids, Probes } from './probes.ts';

export interface Offer {
  readonly offered: boolean;
  /** What it rests on, or what to give so that it is there. */
  readonly because: string;
}

/** Facts about a target that every report's head shows. */
export interface TargetFacts {
  readonly kind: 'embedded' | 'remote' | 'replay';
  /** One line for people, such as `embedded reference server, not an installation`. */
  readonly label: string;
  readonly url: string | undefined;
  readonly apiPath: string;
  readonly managerPath: string;
  readonly servers: readonly string[];
  /** TLS certificates are not verified. */
  readonly insecure: boolean;
  readonly production: boolean;
  /** Every check gets a world of its own: nothing one does can be seen by another. */
  readonly isolated: boolean;
  /** Waiting costs real seconds. */
  readonly realTime: boolean;
  /** Routes on which all checks share one rate-limit identity: a given token, a manager cookie. */
  readonly sharedIdentities: readonly ('mcp' | 'manager')[];
  readonly offers: Readonly<Record<Capability, Offer>>;
}

export interface Loan {
  readonly check: string;
  /** Same run seed and check: same ids. */
  readonly seed: string;
  readonly signal: AbortSignal;
}

/** Probes lent to one check, and how to take them back. */
export interface Lent {
  readonly probes: Partial<Probes>;
  readonly clock: Clock;
  readonly ids: Ids;
  release(): Promise<void>;
}

export interface Target {
  readonly facts: TargetFacts;
  readonly redactor: Redactor;
  /** All that was asked so far, redacted; in the order of asking within each check. */
  readonly journal: () => readonly JournalEntry[];
  lend(loan: Loan): Promise<Lent>;
}
