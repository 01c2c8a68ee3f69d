import {
  at,
  defineCheck,
  equals,
  jsonOf,
  notApplicable,
  rpc,
  type CheckContext,
  type Token,
} from '../../src/kit/index.ts';

export default defineCheck({
  id: 'protocol/ping',
  title: 'ping answers with an empty result',
  proves: 'A client can tell a slow server from a dead one.',
  remedy: 'On the shipped server `ping` needs the scope mcp:admin or *: that is D17, not an outage.',
  section: '2.1',
  cites: ['CONTRACT 6.2', 'D17'],
  severity: 'must',
  impact: 'read',
  requests: { ping: 1 },
  needs: ['mcp', 'token'],
  optional: ['mint'],

  async *run(context) {
    const admin = await adminToken(context);
    if (!admin) {
      yield notApplicable(
        'the given token lacks mcp:admin, which ping needs on the shipped server; a signing secret would do',
      );
      return;
    }
    const reply = await context.mcp.send({ token: admin, body: rpc('ping') });
    yield equals('empty-result', { actual: at(jsonOf(reply), 'result'), expected: {}, seen: reply });
  },
});

async function adminToken({ token, mint }: CheckContext<'mcp' | 'token', 'mint'>): Promise<Token | undefined> {
  if (mint) return mint.token({ scopes: ['mcp:admin'] });
  const sound = await token.sound();
  return sound.scopes?.some((scope) => scope === '*' || scope === 'mcp:admin') ? sound : undefined;
}
