import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/generous',
  title: 'The server allows one request more than promised',
  story: 'Somebody rounded the limit up.',
  breaks: ['rate/threshold:allowed'],
  alsoBreaks: ['rate/counted-requests'],
  settings: {
    'mcp.servers': [
      {
        handle: 'content',
        transport: 'web',
        class: 'EvolutionCMS\\eMCP\\Servers\\ContentServer',
        enabled: true,
        scope_map: { 'mcp:read': ['initialize', 'tools/list', 'resources/read'], 'mcp:call': ['tools/call'] },
        limits: { max_payload_kb: 128 },
        rate_limit: { per_minute: 31 },
      },
    ],
  },
});
