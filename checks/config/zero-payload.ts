import { defineCheck, noneFound, type Json, type Search, type SettingsFile } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'config/zero-payload',
  title: 'No server has a payload limit of zero',
  proves: 'The limit means the same on the transport and on dispatch.',
  remedy: 'Write the limit that is meant: 0 is one KiB on the transport and the global limit on dispatch (D22).',
  section: '6',
  cites: ['D22', 'CONTRACT 1.2'],
  severity: 'should',
  impact: 'read',
  requests: {},
  needs: ['config'],

  async *run({ config }) {
    const registry = await config.registry();
    const search: Search = { found: [], unread: [] };
    const entries = registry.keys('servers');
    if (entries.kind === 'unreadable') search.unread.push(entries.why);
    for (const index of 'keys' in entries ? entries.keys : []) {
      const limit = registry.read('servers', index, 'limits', 'max_payload_kb');
      if (limit.kind === 'unreadable') search.unread.push(limit.why);
      else if (limit.kind !== 'default' && isZero(limit.value)) search.found.push(handleOf(registry, index));
    }
    yield* noneFound('none-zero', search, [registry]);
  },
});

/** The runtime casts numbers that are written as text. */
function isZero(value: Json): boolean {
  return value === 0 || (typeof value === 'string' && /^\s*[+-]?0+(?:\.0*)?\s*$/.test(value));
}

function handleOf(registry: SettingsFile, index: string): string {
  const handle = registry.read('servers', index, 'handle');
  return 'value' in handle && typeof handle.value === 'string' ? handle.value : `entry ${index}`;
}
