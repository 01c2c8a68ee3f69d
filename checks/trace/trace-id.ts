import { at, defineCheck, equals, header, holds, jsonOf } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'trace/trace-id',
  title: 'A trace id comes back, on success and on refusal, in the header and in the error body',
  proves: 'Every answer can be found again in the logs of the target.',
  remedy: 'Compare `trace.header` and `trace.generate_if_missing`; a proxy may strip the header.',
  section: '6',
  cites: ['runbook:8.3/meta-trace', 'CONTRACT 2.4', 'D19'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': 2 },
  otherRequests: { 'tools/list': 1 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, ids }) {
    const sent = `${ids.name()}-trace`;
    const headers = { 'X-Trace-Id': sent };
    const answered = await mcp.request('tools/list', undefined, { token: await token.sound(), headers });
    yield equals('success', { actual: header(answered, 'x-trace-id'), expected: sent, seen: answered });
    const refused = await mcp.request('tools/list', undefined, { headers });
    yield equals('refusal-header', { actual: header(refused, 'x-trace-id'), expected: sent, seen: refused });
    yield equals('refusal-body', { actual: at(jsonOf(refused), 'error', 'trace_id'), expected: sent, seen: refused });
    const silent = await mcp.request('tools/list', undefined, {
      token: await token.sound(),
      headers: { 'X-Trace-Id': null },
    });
    const made = header(silent, 'x-trace-id');
    yield holds('generated', {
      actual: made === undefined ? made : `${made.length} characters`,
      expected: 'an id made by the target where none was sent',
      held: made !== undefined && made !== '',
      seen: silent,
    });
  },
});
