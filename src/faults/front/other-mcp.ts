import { answerInFront, at, defineFault, plainAnswer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/other-mcp',
  title: 'Another MCP server answers',
  story: 'The host name leads to a server of a later era on the same machine.',
  breaks: ['preflight/reachable:no-server-error'],
  app: answerInFront(({ body }) => {
    const serverInfo = { name: 'weather', version: '2.0.0' };
    const result = { resultType: 'complete', capabilities: {}, serverInfo };
    return plainAnswer(200, 'application/json', JSON.stringify({ jsonrpc: '2.0', id: at(body, 'id') ?? 1, result }));
  }),
});
