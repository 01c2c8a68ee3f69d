import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/accepts-issued-in-the-future',
  title: 'Tokens issued in the future are accepted',
  story: 'The claim iat is not looked at.',
  breaks: ['auth/unsound-claims:issued-in-the-future'],
  app: tamper(
    ({ claims, algorithm, method }, { status }) =>
      status === 401 &&
      method === 'tools/list' &&
      algorithm === 'HS256' &&
      typeof claims?.['exp'] === 'number' &&
      isCurrent(claims['iat'], 60),
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});

/** Whether a claim lies in the future, by more than some seconds. */
function isCurrent(claim: unknown, bySeconds = 0): boolean {
  return typeof claim === 'number' && claim > Date.now() / 1000 + bySeconds;
}
