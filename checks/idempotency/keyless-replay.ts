import { defineCheck, equals, inDispatch, notAccepted, submit, whereDispatched } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/keyless-replay',
  title: 'A dispatch without a key is run each time',
  proves: 'Who repeats a call without asking for reuse gets a fresh answer.',
  remedy: 'Today a call that runs inline is remembered by its payload (H14): send a new key each time.',
  section: '4',
  cites: ['H14', 'CONTRACT 8.1', 'CONTRACT 8.5'],
  severity: 'should',
  impact: 'write',
  requests: { 'dispatch:tools/call': 2 },
  dispatches: 2,
  needs: ['mcp', 'token'],
  after: ['dispatch/accepted'],
  applies: whereDispatched('sync'),

  async *run(context) {
    const token = await context.token.sound();
    const first = await submit(context, { token });
    const unaccepted = notAccepted('fresh', first, context.expect);
    if (unaccepted) {
      yield unaccepted;
      return;
    }
    const again = await submit(context, { token });
    yield equals('fresh', { actual: inDispatch(again, 'reused'), expected: false, seen: [first, again] });
  },
});
