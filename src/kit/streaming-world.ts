import type { Expectations } from '../model/expectations.ts';
import type { World } from '../model/fault.ts';
import { contentEntry } from './server-entry.ts';

type Stream = NonNullable<Expectations['stream']>;

export interface StreamingOptions {
  readonly enabled?: boolean;
  readonly count?: number;
  readonly sleepMs?: number;
  readonly maxSeconds?: number;
  /** PHP's `output_buffering`; 0 unless told otherwise, so that streams are live. */
  readonly buffering?: number;
}

/** A server that streams, and a profile that promises what it does. */
export function streamingWorld(options: StreamingOptions = {}): World {
  const { enabled = true, count = 3, sleepMs = 150, maxSeconds = 10, buffering = 0 } = options;
  const call = { server: 'hoststream', tool: 'host.stream.count', arguments: { count, sleep_ms: sleepMs } };
  const stream: Stream = { ...call, enabled, heartbeatSeconds: 1, maxSeconds };
  const entry = {
    handle: 'hoststream',
    transport: 'web',
    class: 'HostApp\\StreamServer',
    enabled: true,
    stream: { enabled, max_stream_seconds: maxSeconds, heartbeat_seconds: 1 },
  };
  return {
    expect: { stream },
    settings: {
      'cms.settings.eMCP.stream.enabled': !enabled,
      'mcp.servers': [contentEntry(), entry],
      'php.output_buffering': buffering,
    },
  };
}
