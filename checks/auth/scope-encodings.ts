import { defineCheck, refusal, succeeds, type Json } from '../../src/kit/index.ts';

// Contract §3.1 and §4.2: an array or a comma list, matched to the letter; everything else grants nothing.
const GRANTING: Readonly<Record<string, Json>> = {
  array: ['mcp:read'],
  'comma-list': 'mcp:read,mcp:call',
  'padded-list': ' mcp:call , mcp:read ',
  star: '*',
};
const GRANTING_NOTHING: Readonly<Record<string, Json>> = {
  'space-list': 'mcp:read mcp:call',
  wildcard: ['mcp:*'],
  'upper-case': ['MCP:READ'],
  object: { read: 'mcp:read' },
  empty: [],
};

export default defineCheck({
  id: 'auth/scope-encodings',
  title: 'Scopes count in the two documented encodings and in no other',
  proves: 'A token issuer that writes scopes differently is refused instead of half understood.',
  remedy: 'Issue `scopes` as an array of exact names; `scope` and space-separated lists grant nothing.',
  section: '2.2',
  cites: ['runbook:2.2/refused', 'runbook:6/403', 'CONTRACT 3.1', 'CONTRACT 4.2'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: { 'tools/list': Object.keys(GRANTING).length + 2 * Object.keys(GRANTING_NOTHING).length + 2 },
  needs: ['mcp', 'mint'],

  async *run({ mcp, mint }) {
    for (const [form, scopes] of Object.entries(GRANTING)) {
      const token = await mint.token({ scopes, label: form });
      yield succeeds(form, await mcp.request('tools/list', undefined, { token }));
    }
    for (const [form, scopes] of Object.entries(GRANTING_NOTHING)) {
      const token = await mint.token({ scopes, label: form });
      const reply = await mcp.request('tools/list', undefined, { token });
      yield refusal(form, { reply, status: 403, code: 'scope_denied' });
      yield succeeds('control', await mcp.request('tools/list', undefined, { token: await mint.token({}) }));
    }
    const token = await mint.token({ scopes: null, extra: { scope: 'mcp:read mcp:call' }, label: 'oauth-claim' });
    const reply = await mcp.request('tools/list', undefined, { token });
    yield refusal('oauth-claim', { reply, status: 403, code: 'scope_denied' });
    yield succeeds('control', await mcp.request('tools/list', undefined, { token: await mint.token({}) }));
  },
});
