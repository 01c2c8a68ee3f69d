import { at, defineCheck, equals, type Json } from '../../src/kit/index.ts';

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
    const servers = at(registry.values, 'servers');
    const zero = (Array.isArray(servers) ? servers : []).filter(
      (entry: Json) => at(entry, 'limits', 'max_payload_kb') === 0,
    );
    const handles = zero.map((entry: Json) => at(entry, 'handle') ?? '(no handle)');
    yield equals('none-zero', { actual: handles, expected: [], seen: registry });
  },
});
