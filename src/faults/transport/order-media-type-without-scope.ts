import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/order-media-type-without-scope',
  title: 'The media type is looked at before the scope',
  story: 'The middleware of the route was put into another order.',
  breaks: ['transport/precedence:media-type-without-scope'],
  app: tamper(
    ({ header, claims }) => isScopeless(claims) && header('content-type') === 'text/plain',
    (answer) => transportError(answer, 415, 'unsupported_media_type'),
  ),
});

function isScopeless(claims: object | null | undefined): boolean {
  return claims !== undefined && claims !== null && !('scopes' in claims);
}
