import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/no-signature-check',
  title: 'Signatures are not verified',
  story: 'Tokens are decoded but not verified, as a gateway was meant to do that.',
  breaks: ['auth/unsound-tokens:tampered', 'auth/unsound-tokens:foreign-secret'],
  app: tamper(
    ({ algorithm, claims }, { status }) =>
      status === 401 &&
      algorithm === 'HS256' &&
      isCurrent(claims?.['exp']) &&
      !isCurrent(claims?.['nbf']) &&
      !isCurrent(claims?.['iat'], 60),
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});

/** Whether a claim lies in the future, by more than some seconds. */
function isCurrent(claim: unknown, bySeconds = 0): boolean {
  return typeof claim === 'number' && claim > Date.now() / 1000 + bySeconds;
}
