/** An exchange that is answered differently on purpose, and why. */
export interface KnownDifference {
  readonly file: string;
  readonly name: string;
  readonly reason: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
