import { defineCheck, refusal, rpc, succeeds } from '../../src/kit/index.ts';

export default defineCheck({
  id: 'transport/payload-too-large',
  title: 'A body one byte over the promised limit answers 413, one at the limit does not',
  proves: 'The payload cap is the promised one, and it is eMCP that enforces it.',
  remedy: 'Compare `limits.max_payload_kb` of the server (it wins) and of eMCP, and the body limit of the web server.',
  section: '6',
  cites: ['runbook:6/413', 'CONTRACT 1.2', 'CONTRACT 2.2'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': 2 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token, expect }) {
    const sound = await token.sound();
    const limit = expect.limits.payloadKb * 1024;
    yield succeeds('at-the-limit', await mcp.send({ token: sound, body: paddedTo(limit) }));
    const reply = await mcp.send({ token: sound, body: paddedTo(limit + 1) });
    yield refusal('over-the-limit', { reply, status: 413, code: 'payload_too_large' });
  },
});

/** A sound request with blanks up to an exact size. */
function paddedTo(bytes: number): { readonly raw: string } {
  return { raw: JSON.stringify(rpc('tools/list')).padEnd(bytes, ' ') };
}
