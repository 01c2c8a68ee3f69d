import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-oversized-without-scope',
  title: 'The size is looked at before the scope',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:oversized-without-scope'],
  app: tamper(
    ({ header, claims }) => isScopeless(claims) && Number(header('content-length') ?? 0) > 100_000,
    (answer) => transportError(answer, 413, 'payload_too_large'),
  ),
});

function isScopeless(claims: object | null | undefined): boolean {
  return claims !== undefined && claims !== null && !('scopes' in claims);
}
