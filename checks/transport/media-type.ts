import { defineCheck, refusal, rpc, succeeds } from '../../src/kit/index.ts';

// Contract §2.2 and the runtime over HTTP: only what begins with application/json is JSON.
const REFUSED = { text: 'text/plain', vendor: 'application/vnd.api+json', absent: null } as const;
const TAKEN = ['application/json', 'application/json; charset=utf-8'];

export default defineCheck({
  id: 'transport/media-type',
  title: 'A body that is not declared as JSON answers 415',
  proves: 'A form post from a browser cannot reach the runtime.',
  remedy: 'Look for a proxy that rewrites Content-Type.',
  section: '6',
  cites: ['runbook:6/415', 'CONTRACT 2.2'],
  severity: 'must',
  impact: 'read',
  requests: { 'tools/list': 5 },
  needs: ['mcp', 'token'],

  async *run({ mcp, token }) {
    const sound = await token.sound();
    const body = { raw: JSON.stringify(rpc('tools/list')) };
    for (const [form, type] of Object.entries(REFUSED)) {
      const reply = await mcp.send({ token: sound, body, headers: { 'Content-Type': type } });
      yield refusal(form, { reply, status: 415, code: 'unsupported_media_type' });
    }
    for (const type of TAKEN) {
      yield succeeds('json', await mcp.send({ token: sound, body, headers: { 'Content-Type': type } }));
    }
  },
});
