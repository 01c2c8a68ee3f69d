import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/scopes-not-required',
  title: 'Tokens without scopes may do everything',
  story: '`auth.require_scopes` was switched off for a test.',
  breaks: ['auth/scopeless-token:denied'],
  alsoBreaks: ['transport/precedence', 'rate/counted-requests'],
  app: tamper(
    ({ claims, dispatch }, { status }) =>
      status === 403 &&
      !dispatch &&
      claims !== undefined &&
      claims !== null &&
      claims['scopes'] === undefined &&
      claims['scope'] === undefined,
    (answer, question) => rpcResult(answer, question, {}),
  ),
});
