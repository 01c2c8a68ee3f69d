import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/unreadable-is-refused',
  title: 'A body that is no JSON is refused before the runtime',
  story: 'A gateway validates bodies.',
  breaks: ['transport/precedence:unreadable-body'],
  app: tamper(
    ({ body, header }, { status }) => status === 200 && body === undefined && header('authorization') !== undefined,
    (answer) => transportError(answer, 400, 'invalid_payload'),
  ),
});
