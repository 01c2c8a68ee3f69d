import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'login/only-call',
  title: 'A login grants no reading',
  story: 'SAPI_JWT_SCOPES leaves out mcp:read.',
  breaks: ['login/obtain-token:suffices-to-read'],
  settings: { SAPI_JWT_SCOPES: 'mcp:call' },
});
