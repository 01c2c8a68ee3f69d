import { defineCheck, holds, rpcOutcome } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'protocol/fractional-id',
  title: 'A fractional id does not make the runtime fail',
  proves: 'JSON-RPC allows such ids; a client that uses them gets an answer instead of a server error.',
  remedy: 'Nothing an operator can set; clients use integers or strings until the runtime is mended (D07).',
  section: '6',
  cites: ['D07', 'JSON-RPC 2.0 4'],
  severity: 'should',
  impact: 'read',
  requests: { 'tools/list': 1 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token }) {
    const reply = await mcp.request('tools/list', undefined, { token: await token.sound(), id: 1.5 });
    const actual = rpcOutcome(reply);
    const held = actual.status === 200 && (actual.answer === 'result' || typeof actual.answer === 'number');
    yield holds('answered', { actual, expected: 'HTTP 200 with a JSON-RPC answer', held, seen: reply });
  },
});
