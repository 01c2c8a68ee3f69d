import { defineCheck, equals, holds, inconclusive } from '../../src/kit/index.ts';
import { whyNotReached } from '../../src/protocol/artisan.ts';
import { parseServerList } from '../../src/protocol/artisan-list-servers.ts';

export default defineCheck({
  id: 'registry/list-servers',
  title: '`emcp:list-servers` lists the servers in use as enabled',
  proves: 'The registry has what callers are told to call.',
  remedy: 'Compare `mcp.servers`; a server whose class or toolset is refused vanishes with a line in the log only.',
  section: '2.1',
  cites: ['runbook:2.1/servers', 'CONTRACT 9'],
  severity: 'must',
  impact: 'read',
  requests: {},
  needs: ['artisan'],
  optional: ['mcp'],

  async *run({ artisan, mcp }) {
    const output = await artisan.run(['emcp:list-servers']);
    const list = parseServerList(output);
    const unreached = whyNotReached(output, list);
    if (unreached !== undefined) {
      yield inconclusive(unreached, 'listed');
      return;
    }
    const enabled = list.kind === 'listed' ? list.servers.filter((server) => server.enabled) : [];
    yield holds('listed', {
      actual: { exit: output.exit, said: list.kind, enabled: enabled.length },
      expected: 'exit 0 and at least one enabled server',
      held: output.exit === 0 && enabled.length > 0,
      seen: output,
    });
    const promised = mcp?.servers ?? [];
    if (enabled.length === 0 || promised.length === 0) return;
    const missing = promised.filter((handle) => !enabled.some((server) => server.handle === handle));
    yield equals('handles', { actual: { missing }, expected: { missing: [] }, seen: output });
  },
});
