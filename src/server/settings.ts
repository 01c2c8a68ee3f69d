import { phpTrim, toBool, toInt } from './json/cast.ts';
import { BUILT_IN_SCOPE_MAP, EMCP, SETTINGS } from './settings/catalogue.ts';
import { lookupIn, type Lookup, type SettingsInput } from './settings/lookup.ts';
import { readScopeMap, type ScopeMap } from './settings/scope-map.ts';
import { readServers, type ServerEntry } from './settings/server-entry.ts';

export { SETTINGS } from './settings/catalogue.ts';
export type { SettingsInput } from './settings/lookup.ts';
export type { ServerEntry } from './settings/server-entry.ts';
export { UnknownSetting } from './settings/unknown-setting.ts';

/** Every setting the server acts on, cast and clamped as the PHP code does at the place of use. */
export interface Settings {
  readonly enable: boolean;
  readonly toolsetVersion: string;
  readonly mode: { readonly api: boolean };
  readonly route: { readonly managerPrefix: string; readonly apiPrefix: string };
  readonly auth: { readonly mode: 'none' | 'jwt'; readonly requireScopes: boolean; readonly scopeMap: ScopeMap };
  readonly acl: { readonly permission: string };
  readonly queue: { readonly driver: string; readonly failover: string };
  readonly rateLimit: { readonly enabled: boolean; readonly perMinute: number };
  readonly limits: { readonly maxPayloadKb: number; readonly maxResultItems: number; readonly maxResultBytes: number };
  readonly stream: StreamSettings & { readonly emitHeartbeats: boolean };
  readonly logging: {
    readonly channel: string;
    readonly auditEnabled: boolean;
    readonly redactKeys: readonly string[];
    readonly accessEnabled: boolean;
  };
  readonly security: {
    readonly allowServers: readonly string[];
    readonly denyTools: readonly string[];
    readonly enableWriteTools: boolean;
  };
  readonly trace: { readonly header: string; readonly generateIfMissing: boolean };
  readonly idempotency: { readonly header: string; readonly ttlSeconds: number; readonly storage: string };
  readonly domain: {
    readonly content: { readonly maxDepth: number; readonly maxLimit: number; readonly maxOffset: number };
    readonly models: { readonly maxOffset: number; readonly allow: readonly string[] };
  };
  readonly servers: readonly ServerEntry[];
  readonly debug: boolean;
  readonly outputBuffering: boolean;
  readonly csrf: 'lenient' | 'strict';
  readonly offRoute: '404' | 'home' | 'sapi' | '405';
  readonly sessionCookie: string;
  readonly sapi: {
    readonly basePath: string;
    readonly version: string;
    readonly jwtSecret: string;
    readonly jwtTtl: number;
    readonly jwtScopes: readonly string[];
    readonly jwtIss: string;
    readonly allowedUserRoles: readonly number[];
  };
}

export interface StreamSettings {
  readonly enabled: boolean;
  readonly maxStreamSeconds: number;
  readonly heartbeatSeconds: number;
  readonly abortOnDisconnect: boolean;
}

/** Reads given settings over the shipped ones; an unknown key throws `UnknownSetting`, a strange value is cast as PHP casts it. */
export function resolveSettings(input: SettingsInput = {}): Settings {
  const read = reader(lookupIn(input));
  const limits = {
    maxPayloadKb: read.int('limits.max_payload_kb'),
    maxResultItems: read.int('limits.max_result_items'),
    maxResultBytes: read.int('limits.max_result_bytes'),
  };
  return {
    enable: read.bool('enable'),
    toolsetVersion: read.text('toolset_version'),
    mode: { api: read.bool('mode.api') },
    route: {
      managerPrefix: slashless(read.text('route.manager_prefix')),
      apiPrefix: slashless(read.text('route.api_prefix')),
    },
    auth: {
      mode: phpTrim(read.text('auth.mode')).toLowerCase() === 'none' ? 'none' : 'jwt',
      requireScopes: read.bool('auth.require_scopes'),
      scopeMap: readScopeMap(read.raw('auth.scope_map')) ?? BUILT_IN_SCOPE_MAP,
    },
    acl: { permission: read.text('acl.permission') },
    queue: { driver: read.text('queue.driver'), failover: phpTrim(read.text('queue.failover')) },
    rateLimit: { enabled: read.bool('rate_limit.enabled'), perMinute: read.int('rate_limit.per_minute') },
    limits,
    stream: readStream(read),
    logging: readLogging(read),
    security: {
      allowServers: read.texts('security.allow_servers'),
      denyTools: read.texts('security.deny_tools'),
      enableWriteTools: read.bool('security.enable_write_tools'),
    },
    trace: {
      header: read.textOr('trace.header', 'X-Trace-Id'),
      generateIfMissing: read.bool('trace.generate_if_missing'),
    },
    idempotency: {
      header: read.textOr('idempotency.header', 'Idempotency-Key'),
      ttlSeconds: read.int('idempotency.ttl_seconds'),
      storage: read.text('idempotency.storage'),
    },
    domain: readDomain(read, limits.maxResultItems),
    ...readHost(read),
  };
}

interface Reader {
  readonly raw: Lookup;
  readonly bool: (name: string) => boolean;
  readonly int: (name: string) => number;
  readonly text: (name: string) => string;
  /** A blank value gives the default. */
  readonly textOr: (name: string, blank: string) => string;
  readonly texts: (name: string) => readonly string[];
}

function reader(lookup: Lookup): Reader {
  const raw: Lookup = (name) => lookup(OWN.has(name) ? name : `${EMCP}${name}`);
  const text = (name: string): string => asText(raw(name));
  return {
    raw,
    text,
    bool: (name) => toBool(raw(name)),
    int: (name) => Math.max(MINIMA.get(OWN.has(name) ? name : `${EMCP}${name}`) ?? -Infinity, toInt(raw(name))),
    textOr: (name, blank) => phpTrim(text(name)) || blank,
    texts: (name) => asTexts(raw(name)),
  };
}

const OWN = new Set(SETTINGS.map(({ key }) => key).filter((key) => !key.startsWith(EMCP)));
const MINIMA = new Map(SETTINGS.flatMap(({ key, min }) => (min === undefined ? [] : [[key, min] as const])));

function readStream(read: Reader): Settings['stream'] {
  return {
    enabled: read.bool('stream.enabled'),
    maxStreamSeconds: read.int('stream.max_stream_seconds'),
    heartbeatSeconds: read.int('stream.heartbeat_seconds'),
    abortOnDisconnect: read.bool('stream.abort_on_disconnect'),
    emitHeartbeats: read.bool('stream.emit_heartbeats'),
  };
}

function readLogging(read: Reader): Settings['logging'] {
  return {
    channel: read.textOr('logging.channel', 'emcp'),
    auditEnabled: read.bool('logging.audit_enabled'),
    redactKeys: read.texts('logging.redact_keys').map((key) => key.toLowerCase()),
    accessEnabled: read.bool('SAPI_LOGGING_ENABLED') && read.bool('SAPI_LOG_ACCESS_ENABLED'),
  };
}

function readDomain(read: Reader, maxResultItems: number): Settings['domain'] {
  const maxLimit =
    read.raw('domain.content.max_limit') === undefined ? maxResultItems : read.int('domain.content.max_limit');
  return {
    content: {
      maxDepth: read.int('domain.content.max_depth'),
      maxLimit,
      maxOffset: read.int('domain.content.max_offset'),
    },
    models: { maxOffset: read.int('domain.models.max_offset'), allow: read.texts('domain.models.allow') },
  };
}

type Host = Pick<Settings, 'servers' | 'debug' | 'outputBuffering' | 'csrf' | 'offRoute' | 'sessionCookie' | 'sapi'>;

function readHost(read: Reader): Host {
  const ttl = read.int('SAPI_JWT_TTL');
  return {
    servers: readServers(read.raw('mcp.servers')),
    debug: read.bool('app.debug'),
    outputBuffering: read.int('php.output_buffering') > 0,
    csrf: read.text('__csrf') === 'strict' ? 'strict' : 'lenient',
    offRoute: OFF_ROUTE.find((one) => one === read.text('__parser')) ?? '404',
    sessionCookie: read.textOr('SESSION_COOKIE', 'evo_session'),
    sapi: {
      basePath: slashless(read.text('SAPI_BASE_PATH')),
      version: slashless(read.text('SAPI_VERSION')),
      jwtSecret: read.text('SAPI_JWT_SECRET'),
      jwtTtl: ttl < 1 ? 3600 : ttl,
      jwtScopes: commaList(read.text('SAPI_JWT_SCOPES')),
      jwtIss: read.text('SAPI_JWT_ISS'),
      allowedUserRoles: commaList(read.text('SAPI_ALLOWED_USER_ROLES')).map(toInt),
    },
  };
}

const OFF_ROUTE = ['404', 'home', 'sapi', '405'] as const;

function commaList(text: string): readonly string[] {
  return text
    .split(',')
    .map(phpTrim)
    .filter((one) => one !== '');
}

function slashless(text: string): string {
  return phpTrim(text).replace(/^\/+|\/+$/g, '');
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return value === true ? '1' : '';
}

function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(asText).filter((one) => one !== '') : [];
}
