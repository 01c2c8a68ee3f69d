import { at, defineCheck, equals, isObject, type JsonObject } from '../../src/kit/index.ts';

// Contract §1: a published group replaces the shipped one as a whole, so a key it leaves out does not come back.
const SHIPPED: Readonly<Record<string, readonly string[]>> = {
  mode: ['internal', 'api'],
  route: ['manager_prefix', 'api_prefix'],
  auth: ['mode', 'require_scopes', 'scope_map'],
  queue: ['driver', 'failover'],
  rate_limit: ['enabled', 'per_minute'],
  limits: ['max_payload_kb', 'max_result_items', 'max_result_bytes'],
  stream: ['enabled', 'max_stream_seconds', 'heartbeat_seconds', 'abort_on_disconnect'],
  logging: ['channel', 'audit_enabled', 'redact_keys'],
  security: ['allow_servers', 'deny_tools', 'enable_write_tools'],
  trace: ['header', 'generate_if_missing'],
  idempotency: ['header', 'ttl_seconds', 'storage'],
  domain: ['content', 'models'],
};

export default defineCheck({
  id: 'config/missing-keys',
  title: 'Every published group of settings is complete',
  proves: 'No setting has silently fallen back to what the code assumes.',
  remedy: 'Copy the missing keys from the settings file the package ships; a published group is not merged (H32).',
  section: '1',
  cites: ['H32', 'CONTRACT 1'],
  severity: 'should',
  impact: 'read',
  requests: {},
  needs: ['config'],

  async *run({ config }) {
    const seen = await config.settings();
    yield equals('complete', { actual: missingKeys(seen.values), expected: [], seen });
  },
});

function missingKeys(values: JsonObject): string[] {
  return Object.entries(SHIPPED).flatMap(([group, keys]) => {
    const published = at(values, group);
    return isObject(published)
      ? keys.filter((key) => !Object.hasOwn(published, key)).map((key) => `${group}.${key}`)
      : [];
  });
}
