import { defineCheck, noneFound, sameJson, type Json, type Search, type SettingsFile } from '../../src/kit/index.ts';

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
    const [settings, registry] = [await config.settings(), await config.registry()];
    const search: Search = { found: [], unread: [] };
    for (const [path, shipped] of UNREAD) changed(settings, { path, shipped }, search);
    for (const index of entriesOf(registry, search)) {
      const entry = ['servers', index];
      changed(registry, { path: [...entry, 'auth'], shipped: 'sapi_jwt' }, search);
      changed(registry, { path: [...entry, 'limits', 'max_result_items'], shipped: 50 }, search);
    }
    yield* noneFound('none-changed', search, [settings, registry]);
  },
});

/** Shipped values of what nothing reads (contract §1.1); `auth` and an item limit of an entry are not read either (§1.2). */
const UNREAD: readonly (readonly [path: readonly string[], shipped: Json])[] = [
  [['mode', 'internal'], true],
  [['actor', 'mode'], 'initiator'],
  [['actor', 'service_username'], 'MCP'],
  [['actor', 'service_role'], 'MCP'],
  [['actor', 'block_login'], true],
];

interface Shipped {
  readonly path: readonly string[];
  readonly shipped: Json;
}

function changed(file: SettingsFile, { path, shipped }: Shipped, { found, unread }: Search): void {
  const reading = file.read(...path);
  if (reading.kind === 'unreadable') unread.push(reading.why);
  else if (reading.kind !== 'default' && !sameJson(reading.value, shipped)) found.push(path.join('.'));
}

function entriesOf(registry: SettingsFile, { unread }: Search): readonly string[] {
  const entries = registry.keys('servers');
  if (entries.kind === 'unreadable') unread.push(entries.why);
  return 'keys' in entries ? entries.keys : [];
}
