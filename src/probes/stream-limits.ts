/** What one stream may cost; each limit ends it with an outcome of its own. */
export interface StreamLimits {
  readonly seconds: number;
  readonly events: number;
  readonly bytes: number;
  readonly lineBytes: number;
}

export const DEFAULT_LIMITS = { events: 10_000, bytes: 8 * 1024 * 1024, lineBytes: 1024 * 1024 } as const;
