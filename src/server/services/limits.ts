import type { Settings, StreamSettings } from '../settings.ts';

/** What counts for one handle: the value of its entry where that is read at all, else the global one. */
export interface ServerLimits {
  readonly perMinute: number;
  /** Bytes; a transport reads 0 as 1 KiB. */
  readonly maxPayload: number;
  /** Bytes; a dispatch reads 0 as "the global value". */
  readonly maxDispatchPayload: number;
  readonly maxResultBytes: number;
  readonly stream: StreamSettings;
}

export function limitsOf(settings: Settings, handle: string): ServerLimits {
  const entry = settings.servers.find((one) => one.handle === handle);
  const { maxPayloadKb, maxResultBytes } = settings.limits;
  const own = entry?.maxPayloadKb;
  const stream = entry?.stream;
  return {
    perMinute: Math.max(0, entry?.perMinute ?? settings.rateLimit.perMinute),
    maxPayload: Math.max(1, own ?? maxPayloadKb) * 1024,
    maxDispatchPayload: (own !== undefined && own > 0 ? own : maxPayloadKb) * 1024,
    maxResultBytes: Math.max(1, entry?.maxResultBytes ?? maxResultBytes),
    stream: {
      enabled: stream?.enabled ?? settings.stream.enabled,
      maxStreamSeconds: Math.max(1, stream?.maxStreamSeconds ?? settings.stream.maxStreamSeconds),
      heartbeatSeconds: Math.max(1, stream?.heartbeatSeconds ?? settings.stream.heartbeatSeconds),
      abortOnDisconnect: stream?.abortOnDisconnect ?? settings.stream.abortOnDisconnect,
    },
  };
}
