import { defineCheck, noneFound, type Search, type SettingsFile } from '../../src/kit/index.ts';

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
    const file = await config.settings();
    const search: Search = { found: [], unread: [] };
    for (const [group, keys] of Object.entries(SHIPPED)) missing(file, { group, keys }, search);
    yield* noneFound('complete', search, [file]);
  },
});

interface Group {
  readonly group: string;
  readonly keys: readonly string[];
}

/** A group that is not in the file is the shipped one, and whole. */
function missing(file: SettingsFile, { group, keys }: Group, { found, unread }: Search): void {
  const published = file.keys(group);
  if (published.kind === 'unreadable') unread.push(published.why);
  if (!('keys' in published)) return;
  found.push(...keys.filter((key) => !published.keys.includes(key)).map((key) => `${group}.${key}`));
}
