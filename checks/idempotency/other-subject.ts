import {
  defineCheck,
  dispatchState,
  expectedState,
  inDispatch,
  notAccepted,
  oneOf,
  submit,
  whereDispatched,
} from '../../src/kit/index.ts';

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
  otherRequests: { 'dispatch:tools/call': 2 },
  dispatches: 2,
  needs: ['mcp', 'mint'],
  after: ['idempotency/reused'],
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { mint, ids, expect } = context;
    const key = ids.name();
    const [one, other] = [ids.name(), ids.name()];
    const first = await submit(context, { key, token: await mint.token({ subject: one, label: 'one subject' }) });
    const unaccepted = notAccepted('separate', first, expect);
    if (unaccepted) {
      yield unaccepted;
      return;
    }
    const reply = await submit(context, { key, token: await mint.token({ subject: other, label: 'another subject' }) });
    const actual = { ...dispatchState(reply), reused: inDispatch(reply, 'reused') ?? '(none)' };
    const own = { ...expectedState(expect), reused: false };
    const conflict = { status: 409, state: 'idempotency_conflict', reused: '(none)' };
    yield oneOf('separate', { actual, expected: [own, conflict], seen: [first, reply] });
  },
});
