import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'login/only-read',
  title: 'A login grants no calling',
  story: 'SAPI_JWT_SCOPES leaves out mcp:call.',
  breaks: ['login/obtain-token:suffices-to-call'],
  settings: { SAPI_JWT_SCOPES: 'mcp:read' },
});
