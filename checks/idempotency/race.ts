import {
  defineCheck,
  equals,
  inDispatch,
  submit,
  whereDispatched,
  type Exchange,
  type Expectations,
} from '../../src/kit/index.ts';

const MOST = 10;

export default defineCheck({
  id: 'idempotency/race',
  title: 'Simultaneous first dispatches with one key make one task',
  proves: 'A client that retries before the first answer came does not cause the work twice.',
  remedy: 'The runtime looks and then writes (H15): keep the work itself harmless when it is done twice.',
  section: '4',
  cites: ['H15', 'CONTRACT 8.5'],
  severity: 'should',
  impact: 'load',
  requests: (expect) => ({ 'dispatch:tools/call': atOnce(expect) }),
  dispatches: MOST,
  needs: ['mcp', 'token'],
  optional: ['database'],
  after: ['idempotency/reused'],
  applies: whereDispatched('queued'),

  async *run(context) {
    const { token, expect, database } = context;
    const submission = { token: await token.sound(), key: context.ids.name() };
    const replies = await Promise.all(Array.from({ length: atOnce(expect) }, () => submit(context, submission)));
    yield equals('accepted', {
      actual: replies.filter(isAccepted).length,
      expected: replies.length,
      seen: replies,
    });
    yield equals('one-first', { actual: firsts(replies), expected: 1, seen: replies });
    const ids = replies.map((reply) => inDispatch(reply, 'task_id'));
    const found = await database?.tasksByKey(submission.key);
    const unnamed = ids.filter((id) => typeof id !== 'number').length;
    const tasks = Math.max(new Set(ids).size, found?.rows.length ?? 0);
    yield equals('one-task', {
      actual: { tasks, answersWithoutTask: unnamed },
      expected: { tasks: 1, answersWithoutTask: 0 },
      seen: found ? [...replies, found] : replies,
    });
  },
});

/** The task may be completed before the last answer is given. */
function isAccepted(reply: Exchange): boolean {
  return reply.status === 202 || reply.status === 200;
}

function firsts(replies: readonly Exchange[]): number {
  return replies.filter((reply) => inDispatch(reply, 'reused') === false).length;
}

function atOnce({ rate }: Expectations): number {
  return rate.perMinute === 'unlimited' ? MOST : Math.min(MOST, rate.perMinute);
}
