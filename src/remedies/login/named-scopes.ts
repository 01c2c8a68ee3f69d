import { defineRemedy } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineRemedy<ServerTweak>({
  id: 'login/named-scopes',
  title: 'A login grants named scopes',
  story: 'SAPI_JWT_SCOPES was set to what clients need.',
  mends: ['login/over-broad:no-star'],
  settings: { SAPI_JWT_SCOPES: 'mcp:read,mcp:call' },
});
