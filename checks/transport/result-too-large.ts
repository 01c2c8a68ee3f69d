import {
  defineCheck,
  foreignTo,
  holds,
  notApplicable,
  refusal,
  searchFor,
  type Exchange,
  type Seeing,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'transport/result-too-large',
  title: 'A result over the promised size answers 413',
  proves: 'No answer is larger than clients of this deployment are told to expect.',
  remedy: 'Compare `limits.max_result_bytes` of the server (it wins) and of eMCP with the promise.',
  section: '6',
  cites: ['runbook:6/413', 'CONTRACT 1.1'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': 1, 'tools/call': 1 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    const sound = await token.sound();
    const limit = expect.limits.resultBytes;
    const replies = [
      await mcp.request('tools/list', undefined, { token: sound }),
      await mcp.request('tools/call', searchFor(expect.limits.resultItems), { token: sound }),
    ];
    const refused = replies.find((reply) => reply.status === 413);
    if (refused) yield refusal('shape', { reply: refused, status: 413, code: 'result_too_large' });
    const others = replies.filter((reply) => reply !== refused);
    const over = others.filter((reply) => reply.status === 200 && reply.bytes > limit);
    const unmeasured = foreignTo('within-the-limit', others);
    if (unmeasured ?? refused ?? over[0]) yield unmeasured ?? within(over, { others, limit });
    else yield notApplicable(`the largest answers a check may ask for stay below ${limit} bytes`, 'within-the-limit');
  },
});

interface Answers {
  readonly others: readonly Exchange[];
  readonly limit: number;
}

function within(over: readonly Exchange[], { others, limit }: Answers): Seeing {
  const actual = over.map((reply) => reply.bytes);
  const expected = `no answer over ${limit} bytes`;
  return holds('within-the-limit', { actual, expected, held: over.length === 0, seen: others });
}
