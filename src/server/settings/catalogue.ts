/** Whether the runtime acts on a setting; the reason when it does not, or not everywhere. */
type Enforcement = { readonly kind: 'yes' } | { readonly kind: 'partly' | 'no'; readonly note: string };

export interface SettingInfo {
  readonly key: string;
  readonly type: 'bool' | 'int' | 'string' | 'string[]' | 'map' | 'list';
  /** What ships; `undefined` when the setting has no shipped value. */
  readonly shipped: unknown;
  /** What counts when a published file dropped the nested key; absent when it equals the shipped value. */
  readonly fallback?: unknown;
  /** Smallest value; a smaller one is raised to it. */
  readonly min?: number;
  readonly enforced: Enforcement;
  readonly summary: string;
}

export const EMCP = 'cms.settings.eMCP.';

const YES: Enforcement = { kind: 'yes' };
const UNREAD: Enforcement = { kind: 'no', note: 'nothing in the runtime reads it' };

export const BUILT_IN_SCOPE_MAP = {
  'mcp:read': [
    'initialize',
    'ping',
    'tools/list',
    'resources/list',
    'resources/read',
    'prompts/list',
    'prompts/get',
    'completion/complete',
  ],
  'mcp:call': ['tools/call'],
  'mcp:admin': ['admin/*'],
};

const MODELS = [
  'SiteTemplate',
  'SiteTmplvar',
  'SiteTmplvarContentvalue',
  'SiteSnippet',
  'SitePlugin',
  'SiteModule',
  'Category',
  'User',
  'UserAttribute',
  'UserRole',
  'Permissions',
  'PermissionsGroups',
  'RolePermissions',
];

const REDACTED = ['authorization', 'token', 'jwt', 'secret', 'cookie', 'password', 'api_key'];

const SHIPPED_SERVERS = [
  {
    handle: 'content',
    transport: 'web',
    class: 'EvolutionCMS\\eMCP\\Servers\\ContentServer',
    enabled: true,
    route: '/mcp/content',
    auth: 'sapi_jwt',
    scopes: ['mcp:read', 'mcp:call'],
    scope_map: { 'mcp:read': ['initialize', 'tools/list', 'resources/read'], 'mcp:call': ['tools/call'] },
    limits: { max_payload_kb: 128, max_result_items: 50 },
    rate_limit: { per_minute: 30 },
    security: { deny_tools: [] },
  },
  {
    handle: 'content-local',
    transport: 'local',
    class: 'EvolutionCMS\\eMCP\\Servers\\ContentServer',
    enabled: false,
  },
];

/** Every setting the server knows, in the order of contract §1, then the host's, then our own. */
export const SETTINGS: readonly SettingInfo[] = [
  emcp('enable', 'bool', true, 'false: the API routes are not registered', {
    kind: 'partly',
    note: 'the manager routes stay',
  }),
  emcp('toolset_version', 'string', '1.0', 'named by initialize and by the meta of every tool result'),
  emcp('mode.internal', 'bool', true, 'the manager routes', UNREAD),
  emcp('mode.api', 'bool', true, 'false: the API routes are not registered'),
  emcp('route.manager_prefix', 'string', 'emcp', 'first path segment of the manager routes'),
  emcp('route.api_prefix', 'string', 'mcp', 'path segment of the API routes; empty for none'),
  emcp('auth.mode', 'string', 'sapi_jwt', '`none` skips token and scopes; anything else asks for a token'),
  emcp('auth.require_scopes', 'bool', true, 'false: a valid token is enough for every method'),
  emcp('auth.scope_map', 'map', BUILT_IN_SCOPE_MAP, 'scope → methods, for servers without a map of their own'),
  emcp('acl.permission', 'string', 'emcp', 'the manager permission asked for'),
  emcp('queue.driver', 'string', 'stask', 'only `stask` queues'),
  emcp('queue.failover', 'string', 'sync', '`sync` runs inline when nothing queues; anything else answers 503'),
  emcp('rate_limit.enabled', 'bool', true, 'false: no limiter'),
  { ...emcp('rate_limit.per_minute', 'int', 60, 'requests per bucket and minute; below 1 is unlimited'), min: 0 },
  { ...emcp('limits.max_payload_kb', 'int', 256, 'largest request body, in KiB'), min: 1 },
  {
    ...emcp('limits.max_result_items', 'int', 100, 'largest tool `limit`', {
      kind: 'partly',
      note: 'the value of a server entry is never read',
    }),
    min: 1,
  },
  {
    ...emcp('limits.max_result_bytes', 'int', 1_048_576, 'largest answer, in bytes', {
      kind: 'partly',
      note: 'streams are not capped',
    }),
    min: 1,
  },
  emcp('stream.enabled', 'bool', false, 'lets streamed answers through'),
  {
    ...emcp('stream.max_stream_seconds', 'int', 120, 'echoed as a header', {
      kind: 'partly',
      note: 'ends a stream only with stream.emit_heartbeats',
    }),
    min: 1,
  },
  {
    ...emcp('stream.heartbeat_seconds', 'int', 15, 'echoed as a header', {
      kind: 'partly',
      note: 'heartbeats are sent only with stream.emit_heartbeats',
    }),
    min: 1,
  },
  emcp('stream.abort_on_disconnect', 'bool', true, 'end the stream when the client is gone', {
    kind: 'partly',
    note: 'the runtime never looks at the connection between two messages',
  }),
  emcp('logging.channel', 'string', 'emcp', 'log channel of audit and errors'),
  emcp('logging.audit_enabled', 'bool', true, 'false: no audit lines'),
  {
    ...emcp('logging.redact_keys', 'string[]', REDACTED, 'keys masked in the `extra` of audit lines', {
      kind: 'partly',
      note: 'not applied to the error log',
    }),
    fallback: [],
  },
  emcp('security.allow_servers', 'string[]', ['*'], 'handles that may be served; empty or no list: none'),
  emcp('security.deny_tools', 'string[]', [], 'tools that may not be called, with those of the server'),
  emcp('security.enable_write_tools', 'bool', false, 'false: evo.write.* is denied'),
  emcp('actor.mode', 'string', 'initiator', 'the acting user', UNREAD),
  emcp('actor.service_username', 'string', 'MCP', 'the service account', UNREAD),
  emcp('actor.service_role', 'string', 'MCP', 'the role of the service account', UNREAD),
  emcp('actor.block_login', 'bool', true, 'keeps the service account from logging in', UNREAD),
  emcp('trace.header', 'string', 'X-Trace-Id', 'name of the trace header, in and out'),
  emcp('trace.generate_if_missing', 'bool', true, 'false: no trace id unless the client sends one'),
  emcp('idempotency.header', 'string', 'Idempotency-Key', 'name of the key header'),
  { ...emcp('idempotency.ttl_seconds', 'int', 86_400, 'how long a key is remembered'), min: 60 },
  {
    ...emcp('idempotency.storage', 'string', 'stask_meta', 'a segment of the cache key', {
      kind: 'partly',
      note: 'records always live in the cache',
    }),
    fallback: 'cache',
  },
  { ...emcp('domain.content.max_depth', 'int', 6, 'deepest tree a content tool walks'), min: 1 },
  { ...emcp('domain.content.max_limit', 'int', 100, 'largest `limit` of content tools'), fallback: undefined, min: 1 },
  { ...emcp('domain.content.max_offset', 'int', 5000, 'largest `offset` of content tools'), min: 0 },
  { ...emcp('domain.models.max_offset', 'int', 5000, 'largest `offset` of model tools'), min: 0 },
  { ...emcp('domain.models.allow', 'string[]', MODELS, 'models that may be read'), fallback: [] },
  own(`${EMCP}stream.emit_heartbeats`, 'bool', false, 'ours: send comment heartbeats and keep max_stream_seconds'),
  own('mcp.servers', 'list', SHIPPED_SERVERS, 'the server registry'),
  own('app.debug', 'bool', false, 'failing handlers answer 500, a rejected server entry fails every request'),
  own('php.output_buffering', 'int', 4096, 'above 0: a stream arrives at its end; 0: live'),
  own('__csrf', 'string', 'lenient', '`strict`: manager POSTs need the session token, as CMS 3.5.8 and later ask'),
  own('__parser', 'string', '404', 'off the routes: `404` or `home` page of the CMS, `sapi` JSON 404, or `405`'),
  own('SAPI_BASE_PATH', 'string', 'api', 'first path segment of the API'),
  own('SAPI_VERSION', 'string', 'v1', 'version segment of the token endpoint; MCP stays at v1'),
  own('SAPI_JWT_SECRET', 'string', '', 'HS256 secret; empty: every bearer token answers 500'),
  { ...own('SAPI_JWT_TTL', 'int', 3600, 'life of an issued token, in seconds; below 1 is 3600') },
  own('SAPI_JWT_SCOPES', 'string', '*', 'scopes of an issued token, comma-separated'),
  own('SAPI_JWT_ISS', 'string', '', 'issuer asked for and written; empty: not looked at'),
  own('SAPI_ALLOWED_USER_ROLES', 'string', '1', 'roles that may have a token, comma-separated'),
  own('SAPI_LOGGING_ENABLED', 'bool', true, 'sApi logging as a whole'),
  own('SAPI_LOG_ACCESS_ENABLED', 'bool', true, 'one line per API request'),
  ...['SAPI_LOG_EXCLUDE_PATHS', 'SAPI_AUDIT_EXCLUDE_EVENTS'].map((key) => unread(key, 'string', '')),
  ...['SAPI_LOG_BODY_ON_ERROR', 'SAPI_LOG_AUDIT_ENABLED'].map((key) => unread(key, 'bool', true)),
  unread('SAPI_LOG_MAX_BODY_BYTES', 'int', 4096),
  unread('SAPI_AUDIT_MAX_CONTEXT_BYTES', 'int', 8192),
  unread('SAPI_REDACT_BODY_KEYS', 'string', 'password,token,refresh_token,jwt,secret'),
  unread('LOG_LEVEL', 'string', 'debug'),
  unread('LOG_DAILY_DAYS', 'int', 14),
  unread('APP_NAME', 'string', ''),
  unread('CACHE_DRIVER', 'string', 'file'),
  own('SESSION_COOKIE', 'string', 'evo_session', 'name of the session cookie'),
];

function emcp(name: string, type: SettingInfo['type'], shipped: unknown, summary: string, enforced = YES): SettingInfo {
  return { key: `${EMCP}${name}`, type, shipped, enforced, summary };
}

function own(key: string, type: SettingInfo['type'], shipped: unknown, summary: string): SettingInfo {
  return { key, type, shipped, enforced: YES, summary };
}

/** Read by the host in production; the reference server writes no such files. */
function unread(key: string, type: SettingInfo['type'], shipped: unknown): SettingInfo {
  const enforced: Enforcement = { kind: 'no', note: 'the reference server writes no sApi body or audit log' };
  return { key, type, shipped, enforced, summary: 'logging of the host' };
}
