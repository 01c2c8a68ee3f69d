import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'login/closed',
  title: 'The token endpoint refuses every user',
  story: 'SAPI_ALLOWED_USER_ROLES names a role nobody has.',
  breaks: ['login/obtain-token:granted'],
  alsoBreaks: ['login/over-broad', 'mode/api-route'],
  app: tamper(
    ({ path }) => path.endsWith('/token'),
    (answer) => ({
      ...answer,
      status: 403,
      text: '{"success":false,"message":"Access denied.","object":{},"code":403}',
    }),
  ),
});
