import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-unknown-server-without-scope',
  title: 'An unknown handle is told to callers without scope',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:unknown-server-without-scope'],
  app: tamper(
    ({ path, claims }) => path.includes('unknown-') && isScopeless(claims),
    (answer) => transportError(answer, 404, 'server_not_found'),
  ),
});

function isScopeless(claims: object | null | undefined): boolean {
  return claims !== undefined && claims !== null && !('scopes' in claims);
}
