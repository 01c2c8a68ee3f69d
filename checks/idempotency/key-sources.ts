import {
  defineCheck,
  dispatchBody,
  equals,
  inDispatch,
  notAccepted,
  submit,
  whereDispatched,
  type Json,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'idempotency/key-sources',
  title: 'A key counts in the header and in the body, and the header wins',
  proves: 'Clients that cannot set headers have a key as well, and two keys are no riddle.',
  remedy: 'Compare `idempotency.header`; a proxy may strip the header.',
  section: '4',
  cites: ['runbook:4/b', 'CONTRACT 8.1'],
  severity: 'must',
  impact: 'write',
  requests: { 'dispatch:tools/call': 3 },
  dispatches: 2,
  needs: ['mcp', 'token'],
  after: ['idempotency/first-accepted'],
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { ids, expect } = context;
    const token = await context.token.sound();
    const [header, body] = [ids.name(), ids.name()];
    const both = await submit(context, { token, key: header, body: withKey(ids.name()) });
    yield equals('header-wins', { actual: inDispatch(both, 'idempotency_key'), expected: header, seen: both });
    const first = await submit(context, { token, body: withKey(body) });
    yield equals('body-key', { actual: inDispatch(first, 'idempotency_key'), expected: body, seen: first });
    const unaccepted = notAccepted('body-key-reused', first, expect);
    if (unaccepted) {
      yield unaccepted;
      return;
    }
    const again = await submit(context, { token, body: withKey(body) });
    yield equals('body-key-reused', { actual: inDispatch(again, 'reused'), expected: true, seen: again });
  },
});

function withKey(key: string): Json {
  return { ...(dispatchBody() as Record<string, Json>), idempotency_key: key };
}
