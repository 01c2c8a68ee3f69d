import {
  defineCheck,
  dispatchState,
  equals,
  inDispatch,
  expectedState,
  submit,
  whereDispatched,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/first-accepted',
  title: 'The first dispatch with a key is accepted as new',
  proves: 'A key nobody used before does not stand in the way of work.',
  remedy: 'A key that is known already came from somewhere: a cache shared with another installation.',
  section: '4',
  cites: ['runbook:4/a', 'CONTRACT 8.4'],
  severity: 'must',
  impact: 'write',
  requests: { 'dispatch:tools/call': 1 },
  dispatches: 1,
  needs: ['mcp', 'token'],
  after: ['dispatch/accepted'],
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { token, ids, expect } = context;
    const key = ids.name();
    const reply = await submit(context, { token: await token.sound(), key });
    const actual = { ...dispatchState(reply), reused: inDispatch(reply, 'reused') ?? '(none)' };
    yield equals('accepted', { actual, expected: { ...expectedState(expect), reused: false }, seen: reply });
    yield equals('key', { actual: inDispatch(reply, 'idempotency_key'), expected: key, seen: reply });
  },
});
