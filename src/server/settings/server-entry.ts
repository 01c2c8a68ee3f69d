import { toBool, toInt } from '../json/cast.ts';
import { readScopeMap, type ScopeMap } from './scope-map.ts';

/** One entry of `mcp.servers` as configured; also disabled and rejected entries are looked up by handle. */
export interface ServerEntry {
  readonly handle: string;
  readonly transport: string;
  readonly class: string;
  readonly enabled: boolean;
  readonly scopeMap: ScopeMap | undefined;
  readonly maxPayloadKb: number | undefined;
  readonly maxResultBytes: number | undefined;
  readonly perMinute: number | undefined;
  readonly denyTools: readonly string[];
  readonly stream: {
    readonly enabled: boolean | undefined;
    readonly maxStreamSeconds: number | undefined;
    readonly heartbeatSeconds: number | undefined;
    readonly abortOnDisconnect: boolean | undefined;
  };
  /** Further names for the duplicate check. */
  readonly toolNames: readonly string[];
}

export function readServers(value: unknown): readonly ServerEntry[] {
  return Array.isArray(value) ? value.filter(isRecord).map(readServer) : [];
}

type Values = Readonly<Record<string, unknown>>;

function readServer(entry: Values): ServerEntry {
  const [limits, rate, security, stream] = ['limits', 'rate_limit', 'security', 'stream'].map((key) =>
    record(entry[key]),
  );
  return {
    handle: text(entry['handle']),
    transport: text(entry['transport']),
    class: text(entry['class']),
    enabled: toBool(entry['enabled']),
    scopeMap: readScopeMap(entry['scope_map']),
    maxPayloadKb: numeric(limits?.['max_payload_kb']),
    maxResultBytes: numeric(limits?.['max_result_bytes']),
    perMinute: numeric(rate?.['per_minute']),
    denyTools: texts(security?.['deny_tools']),
    stream: {
      enabled: optional(stream?.['enabled'], toBool),
      maxStreamSeconds: optional(stream?.['max_stream_seconds'], toInt),
      heartbeatSeconds: optional(stream?.['heartbeat_seconds'], toInt),
      abortOnDisconnect: optional(stream?.['abort_on_disconnect'], toBool),
    },
    toolNames: texts(entry['tool_names']),
  };
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Values {
  return isRecord(value) ? value : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** PHP's `is_numeric`: a number or a text that is one; anything else leaves the global value. */
function numeric(value: unknown): number | undefined {
  const isNumeric =
    typeof value === 'number' ||
    (typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value));
  return isNumeric ? toInt(value) : undefined;
}

function optional<T>(value: unknown, cast: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : cast(value);
}
