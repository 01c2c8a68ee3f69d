import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'registry/none-enabled',
  title: 'The command line sees no server',
  story: 'Artisan reads another environment, in which no server is enabled.',
  breaks: ['registry/list-servers:listed'],
  console: (artisan) => async (argv) =>
    argv[0] === 'emcp:list-servers'
      ? { exit: 1, stdout: 'No enabled MCP servers found in config(mcp.servers).\n', stderr: '' }
      : artisan(argv),
});
