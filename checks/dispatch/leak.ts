import {
  awaitedRequests,
  defineCheck,
  dispatchToEnd,
  equals,
  inDispatch,
  notApplicable,
  whyUnfinished,
  whereDispatched,
} from '../../src/kit/index.ts';

// D13: a fractional id is how today's runtime can be made to fail without doing anything.
const FRACTIONAL_ID = { id: 1.5, method: 'tools/list' };

// What no sentence for a client has: a namespace, a PHP file, an absolute path, a function.
const INTERNALS: Readonly<Record<string, RegExp>> = {
  class: /\w\\+\w/,
  file: /\.php\b/,
  path: /(?:^|[\s'"(])\/(?:[\w.-]+\/){2,}/,
  function: /::\w+\(/,
};

export default defineCheck({
  id: 'dispatch/leak',
  title: 'The error of a failed call in the worker names no class, file or path',
  proves: 'A client cannot read the internals of the site from the result of its task.',
  remedy:
    'Today the worker hands exceptions on as they are (D13): do not give dispatch rights to those you do not trust.',
  section: '3.2',
  cites: ['D13', 'CONTRACT 8.7'],
  severity: 'should',
  impact: 'write',
  requests: awaitedRequests('tools/list', 0),
  dispatches: 1,
  awaitsTasks: 1,
  needs: ['mcp', 'token'],
  optional: ['worker', 'database'],
  after: ['dispatch/lifecycle'],
  timeLimitMs: 120_000,
  applies: whereDispatched('queued', 'sync'),

  async *run(context) {
    const { token, ids } = context;
    const submission = { token: await token.sound(), key: ids.name(), body: FRACTIONAL_ID };
    const reply = await dispatchToEnd(context, submission);
    const unfinished = whyUnfinished('sanitised', reply);
    if (unfinished) {
      yield unfinished;
      return;
    }
    const message = inDispatch(reply, 'result', 'response', 'error', 'message');
    if (typeof message !== 'string') yield notApplicable('this runtime does not fail on a fractional id', 'sanitised');
    else yield equals('sanitised', { actual: internalsIn(message), expected: [], seen: reply });
  },
});

function internalsIn(message: string): string[] {
  return Object.keys(INTERNALS).filter((kind) => INTERNALS[kind]?.test(message));
}
