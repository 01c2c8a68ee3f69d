import { defineCheck, refusal, submit, whereDispatched, type Json, notAccepted } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/key-order',
  title: 'The same payload with its keys in another order counts as another payload',
  proves: 'What is known of today’s runtime still holds: a client has to repeat a dispatch byte by byte.',
  remedy: 'Nothing to do: a runtime that tells equal payloads by their meaning is kinder to its clients.',
  section: '4',
  cites: ['CONTRACT 8.3'],
  severity: 'should',
  impact: 'write',
  requests: { 'dispatch:tools/call': 2 },
  dispatches: 2,
  needs: ['mcp', 'token'],
  after: ['idempotency/conflict'],
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { token, ids, expect } = context;
    const submission = { token: await token.sound(), key: ids.name() };
    const first = await submit(context, { ...submission, body: withArguments({ limit: 1, offset: 0 }) });
    const unaccepted = notAccepted('refused', first, expect);
    if (unaccepted) {
      yield unaccepted;
      return;
    }
    const reply = await submit(context, { ...submission, body: withArguments({ offset: 0, limit: 1 }) });
    yield refusal('refused', { reply, status: 409, code: 'idempotency_conflict' });
  },
});

function withArguments(given: Json): Json {
  return { method: 'tools/call', params: { name: 'evo.content.search', arguments: given } };
}
