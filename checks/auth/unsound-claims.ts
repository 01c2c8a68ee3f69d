import { defineCheck, refusal, succeeds } from '../../src/kit/index.ts';

// Contract §3.1: no leeway; the algorithm is the server's choice.
const UNSOUND = {
  expired: { expiresIn: -60 },
  'not-yet-valid': { notBeforeIn: 3600 },
  'issued-in-the-future': { issuedAtIn: 3600 },
  hs512: { algorithm: 'HS512' },
  hs384: { algorithm: 'HS384' },
} as const;

export default defineCheck({
  id: 'auth/unsound-claims',
  title: 'Expired, premature and differently signed tokens answer 401',
  proves:
    'A token that leaked yesterday is worth nothing today, and the algorithm is pinned even for the right secret.',
  remedy: 'Compare the JWT library of sApi with the one the contract was read from, and the clock of the server.',
  section: '2.2',
  cites: ['runbook:2.2/refused', 'CONTRACT 3.1', 'H12', 'RFC 8725 3.1'],
  severity: 'must',
  impact: 'read',
  requests: {},
  otherRequests: { 'tools/list': 1 + 2 * Object.keys(UNSOUND).length },
  needs: ['mcp', 'mint'],

  async *run({ mcp, mint }) {
    yield succeeds('control', await mcp.request('tools/list', undefined, { token: await mint.token({}) }));
    for (const [kind, claims] of Object.entries(UNSOUND)) {
      const token = await mint.token({ ...claims, label: kind });
      const reply = await mcp.request('tools/list', undefined, { token });
      yield refusal(kind, { reply, status: 401, code: 'unauthenticated' });
      yield succeeds('control', await mcp.request('tools/list', undefined, { token: await mint.token({}) }));
    }
  },
});
