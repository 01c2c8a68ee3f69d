import { at, defineCheck, equals, jsonOf, refusalOf, type RouteProbe, type Token } from '../../src/kit/index.ts';

const SCOPES = ['mcp:read', 'mcp:call', 'mcp:admin', '*'] as const;

// Contract §4.3, on a server with the shipped map: which single scope each method asks for.
const REQUIRED: Readonly<Record<string, (typeof SCOPES)[number]>> = {
  initialize: 'mcp:read',
  'tools/list': 'mcp:read',
  'resources/read': 'mcp:read',
  'tools/call': 'mcp:call',
  ping: 'mcp:admin',
  'notifications/initialized': 'mcp:admin',
  'resources/list': 'mcp:admin',
  'resources/templates/list': 'mcp:admin',
  'prompts/list': 'mcp:admin',
  'prompts/get': 'mcp:admin',
  'completion/complete': 'mcp:admin',
  'emcp/unknown': 'mcp:admin',
};

export default defineCheck({
  id: 'auth/scope-matrix',
  title: 'Every method asks for its own scope and takes no other',
  proves: 'Least-privilege tokens can do what they were issued for, and nothing else.',
  remedy: 'Compare `auth.scope_map` and the `scope_map` of the server: the latter replaces the former entirely.',
  section: '2.2',
  cites: ['runbook:2.2/refused', 'runbook:6/403', 'CONTRACT 4.3', 'D17', 'D18'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: oncePerScope(),
  needs: ['mcp', 'mint'],

  async *run({ mcp, mint }) {
    for (const scope of SCOPES) {
      const token = await mint.token({ scopes: [scope], label: `token with ${scope}` });
      for (const [method, required] of Object.entries(REQUIRED)) {
        const { reply, granted } = await ask(mcp, { token, method });
        const expected = scope === '*' || scope === required ? 'granted' : 'denied';
        yield equals(slugOf(scope), {
          actual: { method, answer: granted },
          expected: { method, answer: expected },
          seen: reply,
        });
      }
    }
  },
});

/** Every method with every single scope. */
function oncePerScope(): Readonly<Record<string, number>> {
  const methods = Object.keys(REQUIRED).map((method) => (method === 'emcp/unknown' ? 'other' : method));
  return Object.fromEntries(methods.map((method) => [method, SCOPES.length] as const));
}

/** Granted is any answer that is not `scope_denied`; what the method then does is another check's business. */
async function ask(mcp: RouteProbe, call: { readonly token: Token; readonly method: string }) {
  const params = { name: 'evo.content.get', arguments: { id: 1 } };
  const reply = await mcp.request(call.method, params, { token: call.token });
  const { status, code } = refusalOf(reply);
  if (at(jsonOf(reply), 'jsonrpc') === '2.0' || (status === 202 && reply.bytes === 0))
    return { reply, granted: 'granted' };
  return { reply, granted: status === 403 && code === 'scope_denied' ? 'denied' : `HTTP ${status}` };
}

function slugOf(scope: string): string {
  return scope === '*' ? 'star' : scope.replace('mcp:', '');
}
