import type { Ports } from '../ports.ts';

interface Bucket {
  readonly server: string;
  /** JSON-RPC method; `unknown` when none could be read. */
  readonly method: string;
  readonly identity: string;
}

type Admission = { readonly kind: 'admitted' } | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** Counts requests per bucket; a replacement may take its time or count wrongly. */
export interface RateLimiter {
  readonly admit: (bucket: Bucket, perMinute: number) => Admission | Promise<Admission>;
  /** Forgets all buckets, as clearing the cache does. */
  readonly clear: () => void;
}

const WINDOW_SECONDS = 60;
const SWEEP_EVERY = 1024;

/** The fixed window of Laravel's limiter in whole seconds, opened by the first request, without its races. */
export function createRateLimiter(ports: Pick<Ports, 'now'>): RateLimiter {
  const windows = new Map<string, { readonly endsAt: number; count: number }>();
  return {
    admit(bucket, perMinute) {
      const now = Math.floor(ports.now() / 1000);
      const key = JSON.stringify([bucket.server, bucket.method, bucket.identity]);
      const open = windows.get(key);
      if (open === undefined || open.endsAt <= now) {
        if (windows.size % SWEEP_EVERY === SWEEP_EVERY - 1) sweep(windows, now);
        windows.set(key, { endsAt: now + WINDOW_SECONDS, count: 1 });
        return { kind: 'admitted' };
      }
      if (open.count >= perMinute) return { kind: 'limited', retryAfterSeconds: open.endsAt - now };
      open.count += 1;
      return { kind: 'admitted' };
    },
    clear: () => {
      windows.clear();
    },
  };
}

function sweep(windows: Map<string, { readonly endsAt: number }>, now: number): void {
  for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
}
