import {
  awaitedRequests,
  defineCheck,
  dispatchToEnd,
  equals,
  inconclusive,
  inDispatch,
  notApplicable,
  unlessDispatched,
} from '../../src/kit/index.ts';

// D13: a fractional id is how today's runtime can be made to fail without doing anything.
const FRACTIONAL_ID = { id: 1.5, method: 'tools/list' };

// What no sentence for a client has: a namespace, a PHP file, an absolute path, a function.
const INNARDS: Readonly<Record<string, RegExp>> = {
  class: /\w\\+\w/,
  file: /\.php\b/,
  path: /(?:^|[\s'"(])\/(?:[\w.-]+\/){2,}/,
  function: /::\w+\(/,
};

export default defineCheck({
  id: 'dispatch/leak',
  title: 'The error of a failed call in the worker names no class, file or path',
  proves: 'A client cannot read the innards of the site from the result of its task.',
  remedy:
    'Today the worker hands exceptions on as they are (D13): do not give dispatch rights to those you do not trust.',
  section: '3.2',
  cites: ['D13', 'CONTRACT 8.7'],
  severity: 'should',
  impact: 'write',
  requests: (expect) => ({ 'tools/list': awaitedRequests(expect, 0) }),
  needs: ['mcp', 'token'],
  optional: ['worker', 'database'],
  after: ['dispatch/lifecycle'],
  timeLimit: 120_000,

  async *run(context) {
    const { token, ids, expect } = context;
    const unpromised = unlessDispatched(expect);
    if (unpromised) {
      yield unpromised;
      return;
    }
    const submission = { token: await token.sound(), key: `emcp-${ids.nonce()}`, body: FRACTIONAL_ID };
    const reply = await dispatchToEnd(context, submission);
    if (reply === undefined) {
      yield inconclusive('the task was not completed in time; see dispatch/lifecycle');
      return;
    }
    const message = inDispatch(reply, 'result', 'response', 'error', 'message');
    if (typeof message !== 'string') yield notApplicable('this runtime does not fail on a fractional id');
    else yield equals('sanitised', { actual: innardsIn(message), expected: [], seen: reply });
  },
});

function innardsIn(message: string): string[] {
  return Object.keys(INNARDS).filter((kind) => INNARDS[kind]?.test(message));
}
