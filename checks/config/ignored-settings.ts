import { at, defineCheck, equals, type Json, type JsonObject } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'config/ignored-settings',
  title: 'No setting is changed that the runtime ignores',
  proves: 'Nobody relies on a switch that is connected to nothing.',
  remedy:
    'Take the setting back: routes, scopes and identities follow `scope_map`, `deny_tools` and the token alone (D08).',
  section: '1',
  cites: ['D08', 'CONTRACT 1.1', 'CONTRACT 1.2'],
  severity: 'should',
  impact: 'read',
  requests: {},
  needs: ['config'],

  async *run({ config }) {
    const settings = await config.settings();
    const registry = await config.registry();
    const changed = [...changedSettings(settings.values), ...changedEntries(at(registry.values, 'servers'))];
    yield equals('none-changed', { actual: changed, expected: [], seen: [settings, registry] });
  },
});

/** Shipped values of what nothing reads (contract §1.1). */
const UNREAD: readonly (readonly [path: readonly string[], shipped: Json])[] = [
  [['mode', 'internal'], true],
  [['actor', 'mode'], 'initiator'],
  [['actor', 'service_username'], 'MCP'],
  [['actor', 'service_role'], 'MCP'],
  [['actor', 'block_login'], true],
];

function changedSettings(values: JsonObject): string[] {
  return UNREAD.filter(([path, shipped]) => (at(values, ...path) ?? shipped) !== shipped).map(([path]) =>
    path.join('.'),
  );
}

/** Entries whose `auth` is meant to open a server, or whose own item limit is meant to count (contract §1.2). */
function changedEntries(servers: Json | undefined): string[] {
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((entry: Json, index) => [
    ...((at(entry, 'auth') ?? 'sapi_jwt') === 'sapi_jwt' ? [] : [`servers.${index}.auth`]),
    ...((at(entry, 'limits', 'max_result_items') ?? 50) === 50 ? [] : [`servers.${index}.limits.max_result_items`]),
  ]);
}
