import {
  defineCheck,
  dispatchState,
  equals,
  inDispatch,
  promisedState,
  submit,
  unlessDispatched,
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
  requests: { 'tools/call': 1 },
  needs: ['mcp', 'token'],
  after: ['dispatch/accepted'],

  async *run(context) {
    const { token, ids, expect } = context;
    const unpromised = unlessDispatched(expect);
    if (unpromised) {
      yield unpromised;
      return;
    }
    const key = `emcp-${ids.nonce()}`;
    const reply = await submit(context, { token: await token.sound(), key });
    const actual = { ...dispatchState(reply), reused: inDispatch(reply, 'reused') ?? '(none)' };
    yield equals('accepted', { actual, expected: { ...promisedState(expect), reused: false }, seen: reply });
    yield equals('key', { actual: inDispatch(reply, 'idempotency_key'), expected: key, seen: reply });
  },
});
