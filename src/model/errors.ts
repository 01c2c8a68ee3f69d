import type { Exchange } from './evidence.ts';

export interface Where {
  /** The file, flag or environment variable at fault. */
  readonly source: string;
  readonly line?: number;
  readonly key?: string;
}

/** The operator must act before the run: exit 2, no stack. `hint` is what to type next. */
export class UsageError extends Error {
  readonly code: string;
  readonly where: Where | undefined;
  readonly hint: string | undefined;

  constructor(code: string, message: string, details: { readonly where?: Where; readonly hint?: string } = {}) {
    super(message);
    this.name = 'UsageError';
    this.code = code;
    this.where = details.where;
    this.hint = details.hint;
  }
}

export const UNREACHABLE_KINDS = [
  'refused',
  'reset',
  'dns',
  'tls',
  'timeout-connect',
  'timeout-first-byte',
  'timeout-idle',
  'timeout-total',
  'truncated',
  'too-large',
  'malformed',
  'process',
  'other',
] as const;

export type UnreachableKind = (typeof UNREACHABLE_KINDS)[number];

/** No usable answer came from the network, host or process: the check that asked is blocked. */
export class Unreachable extends Error {
  readonly kind: UnreachableKind;

  constructor(kind: UnreachableKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'Unreachable';
    this.kind = kind;
  }
}

/** A prerequisite call was answered, but not as the protocol demands; becomes a failed observation `precondition`. */
export class ProtocolError extends Error {
  readonly exchange: Exchange;

  constructor(message: string, exchange: Exchange) {
    super(message);
    this.name = 'ProtocolError';
    this.exchange = exchange;
  }
}

/** The measurement itself cannot be made (a credential refused to be read, a tool that is missing): blocked. */
export class Blocked extends Error {
  /** What to type next, where that is known. */
  readonly next: string | undefined;

  constructor(reason: string, next?: string) {
    super(reason);
    this.name = 'Blocked';
    this.next = next;
  }
}

/** The recorded request had no response when its check was stopped; the message is the reason of then. */
export class Stopped extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Stopped';
  }
}

/** A check asked for a request beyond what it declares: it is stopped, and that is an internal error of the check. */
export class OverBudget extends Error {
  constructor(bucket: string, allowed: number) {
    super(
      allowed === 0
        ? `the check sends ${bucket} requests and declares none`
        : `the check sends more than the ${allowed} ${bucket} requests it declares`,
    );
    this.name = 'OverBudget';
  }
}

/** Anything that was thrown, in words; never throws itself, whatever an own check made of its error. */
export function describeThrown(thrown: unknown): { readonly reason: string; readonly stack?: string } {
  try {
    if (!(thrown instanceof Error)) return { reason: `Error: ${String(thrown)}` };
    const { name, message, stack } = thrown as { readonly [Key in 'name' | 'message' | 'stack']: unknown };
    const reason = `${String(name)}: ${String(message)}`;
    return typeof stack === 'string' ? { reason, stack } : { reason };
  } catch {
    return { reason: 'Error: something was thrown that cannot be put into words' };
  }
}

/** The code of a system error, such as `ENOENT`; nothing where there is none. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
