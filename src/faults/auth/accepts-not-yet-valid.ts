import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/accepts-not-yet-valid',
  title: 'Tokens from the future are accepted',
  story: 'The claim nbf is not looked at.',
  breaks: ['auth/unsound-claims:not-yet-valid'],
  app: tamper(
    ({ claims, algorithm, method }, { status }) =>
      status === 401 &&
      method === 'tools/list' &&
      algorithm === 'HS256' &&
      typeof claims?.['exp'] === 'number' &&
      isCurrent(claims['nbf'], 60),
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});

/** Whether a claim lies in the future, by more than some seconds. */
function isCurrent(claim: unknown, bySeconds = 0): boolean {
  return typeof claim === 'number' && claim > Date.now() / 1000 + bySeconds;
}
