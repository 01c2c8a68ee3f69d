import { defineCheck, notApplicable, refusal, wasLetIn } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'transport/internal-error-shape',
  title: 'A failure inside the runtime answers 500 in the shape of every transport error',
  proves: 'When the runtime fails, the answer has a trace id to search the logs for, and nothing internal in it.',
  remedy: 'An HTML page or a stack trace here means `app.debug` or a handler in front of eMCP.',
  section: '6',
  cites: ['runbook:6/500', 'CONTRACT 2.3', 'D07'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': 1 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token }) {
    // D07: a fractional id is how today's runtime can be made to fail without doing anything.
    const reply = await mcp.request('tools/list', undefined, { token: await token.sound(), id: 1.5 });
    if (wasLetIn(reply)) yield notApplicable('this runtime does not fail on a fractional id', 'shape');
    // A page in its place is what the check is about, and not somebody else's answer.
    else
      yield refusal('shape', { reply, status: 500, code: 'internal_error', by: ['emcp', 'sapi', 'cms', 'debug-page'] });
  },
});
