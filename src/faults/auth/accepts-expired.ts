import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/accepts-expired',
  title: 'Expired tokens are accepted',
  story: 'Somebody set a leeway of a day to get rid of complaints.',
  breaks: ['auth/unsound-claims:expired'],
  alsoBreaks: ['auth/unsound-tokens'],
  app: tamper(
    ({ claims, algorithm, method }, { status }) =>
      status === 401 &&
      method === 'tools/list' &&
      algorithm === 'HS256' &&
      typeof claims?.['exp'] === 'number' &&
      !isCurrent(claims['exp']),
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});

/** Whether a claim lies in the future, by more than some seconds. */
function isCurrent(claim: unknown, bySeconds = 0): boolean {
  return typeof claim === 'number' && claim > Date.now() / 1000 + bySeconds;
}
