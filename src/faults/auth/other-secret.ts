import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/other-secret',
  title: 'Tokens are verified with another secret',
  story: 'SAPI_JWT_SECRET was rotated on the target only.',
  breaks: ['auth/sound-token:accepted'],
  settings: { SAPI_JWT_SECRET: 'another-secret-0123456789abcdef-0123456789' },
});
