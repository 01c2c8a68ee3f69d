import { defineCheck, dispatchState, holds, inDispatch, submit, unlessDispatched } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/other-subject',
  title: 'A key belongs to the subject that used it',
  proves: 'Nobody is handed the task or the result of another client by guessing or reusing a key.',
  remedy: 'Today keys are shared by all API clients (H13): let each prefix its keys with something secret.',
  section: '4',
  cites: ['H13', 'CONTRACT 8.5'],
  severity: 'should',
  impact: 'write',
  requests: {},
  needs: ['mcp', 'mint'],
  after: ['idempotency/reused'],

  async *run(context) {
    const { mint, ids, expect } = context;
    const unpromised = unlessDispatched(expect);
    if (unpromised) {
      yield unpromised;
      return;
    }
    const key = `emcp-${ids.nonce()}`;
    const [one, other] = [`emcp-${ids.nonce()}`, `emcp-${ids.nonce()}`];
    const first = await submit(context, { key, token: await mint.token({ subject: one, label: 'one subject' }) });
    const reply = await submit(context, { key, token: await mint.token({ subject: other, label: 'another subject' }) });
    const reused = inDispatch(reply, 'reused') ?? false;
    yield holds('separate', {
      actual: { ...dispatchState(reply), reused },
      expected: 'a task of its own, or a refusal',
      held: reused === false && reply.status < 500,
      seen: [first, reply],
    });
  },
});
