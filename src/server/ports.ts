/** What the server is given and never reaches for itself. */
export interface Ports {
  /** Epoch milliseconds; the only time the server knows. */
  readonly now: () => number;
  /** A fresh UUID version 4. */
  readonly uuid: () => string;
  /** One structured line per audited event; see contract §2.7. */
  readonly log: (channel: 'audit' | 'access' | 'error', line: Readonly<Record<string, unknown>>) => void;
  /** Waits, or returns early when the signal aborts; streams pace themselves with it. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}
