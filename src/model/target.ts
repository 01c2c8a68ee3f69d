import { z } from 'zod';
import type { Redactor } from './redaction.ts';
import type { StoredEntry } from './journal-entry.ts';
import { CAPABILITIES, type Clock, type Ids, type Probes } from './probes.ts';
import type { RequestCount } from './requests.ts';

export const offer = z.object({
  offered: z.boolean(),
  /** What it rests on, or what to give so that it is there. */
  because: z.string(),
});

export type Offer = Readonly<z.infer<typeof offer>>;

/** Facts about a target that every report's head shows. */
export const targetFacts = z.object({
  kind: z.enum(['embedded', 'remote', 'replay']),
  /** One line for people, such as `embedded reference server, not an installation`. */
  label: z.string(),
  url: z.string().optional(),
  apiPath: z.string(),
  managerPath: z.string(),
  servers: z.array(z.string()).readonly(),
  /** TLS certificates are not verified. */
  insecure: z.boolean(),
  production: z.boolean(),
  /** Every check gets a server of its own: nothing one does can be seen by another. */
  isolated: z.boolean(),
  /** Waiting costs real seconds. */
  realTime: z.boolean(),
  /** Milliseconds one response may take, where the operator says so. */
  responseLimitMs: z.number().optional(),
  /** Routes on which all checks share one rate-limit identity: a given token, a manager cookie. */
  sharedIdentities: z.array(z.enum(['mcp', 'manager'])).readonly(),
  /** Scopes of the one given token, where it says; absent where tokens are minted. */
  tokenScopes: z.array(z.string()).readonly().optional(),
  offers: z.record(z.enum(CAPABILITIES), offer),
});

export type TargetFacts = Readonly<z.infer<typeof targetFacts>>;

export interface LeaseRequest {
  readonly check: string;
  /** Same run seed and check: same ids. */
  readonly seed: string;
  /** Aborted as soon as the check is over: nothing is sent after that. */
  readonly signal: AbortSignal;
  /** Requests it may send, by bucket; without it any number, for commands that have no plan. */
  readonly budget?: RequestCount;
  /** It sends no burst, so that eMCP's own 429 is no answer to what it asks: nothing is measured. */
  readonly limitBlocks?: boolean;
}

/** Probes of one check, and how to give them back. */
export interface Lease {
  readonly probes: Partial<Probes>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Aborted when the lease is over, or as soon as it asked for more than its budget. */
  readonly signal: AbortSignal;
  /** What became of its requests so far. */
  readonly usage: () => LeaseUsage;
  /** Resolves when nothing it began is under way any more. */
  release(): Promise<void>;
}

export interface LeaseUsage {
  /** Journal entries made for this lease. */
  readonly entries: number;
  /** What it asked for beyond its budget, in words; nothing of it was sent. */
  readonly overBudget: string | undefined;
  /** Answers of somebody else that eMCP gave when the request was repeated, in words. */
  readonly intermittent: readonly string[];
}

export interface Target {
  readonly facts: TargetFacts;
  readonly redactor: Redactor;
  /** All requests so far, redacted; in their order within each check. */
  readonly journal: () => readonly StoredEntry[];
  lease(request: LeaseRequest): Promise<Lease>;
}
