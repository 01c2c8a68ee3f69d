import { describe, expect, it } from 'vitest';
import { resolveSettings, SETTINGS, UnknownSetting } from '../../src/server/settings.ts';

describe('settings', () => {
  it('ship as the contract says', () => {
    const settings = resolveSettings();
    expect(settings.rateLimit).toEqual({ enabled: true, perMinute: 60 });
    expect(settings.limits).toEqual({ maxPayloadKb: 256, maxResultItems: 100, maxResultBytes: 1_048_576 });
    expect(settings.stream).toMatchObject({ enabled: false, maxStreamSeconds: 120, heartbeatSeconds: 15 });
    expect(settings.idempotency.storage).toBe('stask_meta');
    expect(settings.domain.models.allow).toHaveLength(13);
    expect(settings.servers.map(({ handle, enabled }) => [handle, enabled])).toEqual([
      ['content', true],
      ['content-local', false],
    ]);
  });

  it('take the full key and the short one', () => {
    expect(resolveSettings({ 'cms.settings.eMCP.rate_limit.per_minute': 5 }).rateLimit.perMinute).toBe(5);
    expect(resolveSettings({ 'rate_limit.per_minute': 5 }).rateLimit.perMinute).toBe(5);
  });

  it.each([
    ['cms.settings.eMCP.limits.max_payload', 'cms.settings.eMCP.limits.max_payload_kb'],
    ['rate_limits.per_minute', 'cms.settings.eMCP.rate_limit.per_minute'],
    ['mcp.server', 'mcp.servers'],
    ['SAPI_JWT_SECRT', 'SAPI_JWT_SECRET'],
  ])('refuse the key %s and name the nearest', (key, nearest) => {
    const error = thrownBy(() => resolveSettings({ [key]: 1 }));
    expect(error).toBeInstanceOf(UnknownSetting);
    expect(error).toMatchObject({ key, nearest });
  });

  it('refuse an unknown key within a group', () => {
    expect(thrownBy(() => resolveSettings({ limits: { max_payload_kb: 1, max_bytes: 1 } }))).toMatchObject({
      key: 'cms.settings.eMCP.limits.max_bytes',
    });
  });

  it('lose the shipped neighbours of a published group, not of a published key', () => {
    const group = resolveSettings({ idempotency: { ttl_seconds: 120 } });
    const key = resolveSettings({ 'idempotency.ttl_seconds': 120 });
    expect([group.idempotency.storage, key.idempotency.storage]).toEqual(['cache', 'stask_meta']);
    expect(resolveSettings({ logging: {} }).logging.redactKeys).toEqual([]);
    expect(resolveSettings({ domain: { models: {} } }).domain.models.allow).toEqual([]);
  });

  it('let content limits follow the global one where they fell back', () => {
    const settings = resolveSettings({ 'domain.content': {}, 'limits.max_result_items': 7 });
    expect(settings.domain.content.maxLimit).toBe(7);
  });

  it.each([
    ['rate_limit.per_minute', -3, (s: ReturnType<typeof resolveSettings>) => s.rateLimit.perMinute, 0],
    ['rate_limit.per_minute', 'many', (s: ReturnType<typeof resolveSettings>) => s.rateLimit.perMinute, 0],
    ['rate_limit.per_minute', '12 a minute', (s: ReturnType<typeof resolveSettings>) => s.rateLimit.perMinute, 12],
    ['limits.max_payload_kb', 0, (s: ReturnType<typeof resolveSettings>) => s.limits.maxPayloadKb, 1],
    ['idempotency.ttl_seconds', 1, (s: ReturnType<typeof resolveSettings>) => s.idempotency.ttlSeconds, 60],
    ['SAPI_JWT_TTL', 0, (s: ReturnType<typeof resolveSettings>) => s.sapi.jwtTtl, 3600],
    ['auth.mode', ' None ', (s: ReturnType<typeof resolveSettings>) => s.auth.mode, 'none'],
    ['auth.mode', 'of', (s: ReturnType<typeof resolveSettings>) => s.auth.mode, 'jwt'],
    ['enable', '0', (s: ReturnType<typeof resolveSettings>) => s.enable, false],
    ['enable', 'false', (s: ReturnType<typeof resolveSettings>) => s.enable, true],
    ['security.allow_servers', 'content', (s: ReturnType<typeof resolveSettings>) => s.security.allowServers, []],
    ['idempotency.header', ' ', (s: ReturnType<typeof resolveSettings>) => s.idempotency.header, 'Idempotency-Key'],
    ['route.api_prefix', '/x/', (s: ReturnType<typeof resolveSettings>) => s.route.apiPrefix, 'x'],
  ])('cast and clamp %s: %j', (key, value, read, expected) => {
    expect(read(resolveSettings({ [key]: value }))).toEqual(expected);
  });

  it('are all taken, and say so when nothing enforces them', () => {
    const input = Object.fromEntries(SETTINGS.map(({ key, shipped }) => [key, shipped]));
    expect(resolveSettings(input)).toEqual(resolveSettings());
    const unread = SETTINGS.filter(({ enforced }) => enforced.kind === 'no').map(({ key }) => key);
    expect(unread).toEqual(
      expect.arrayContaining([
        'cms.settings.eMCP.mode.internal',
        'cms.settings.eMCP.actor.mode',
        'SAPI_LOG_MAX_BODY_BYTES',
      ]),
    );
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
