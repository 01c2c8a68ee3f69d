import { defineFault, tamper, transportError } from '../../../src/kit/index.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';

/** Its first dispatch fails for once, so that nobody has used the key of the second. */
export function firstRefused() {
  let dispatches = 0;
  return defineFault<ServerTweak>({
    id: 'idempotency/first-refused',
    title: 'The first dispatch fails',
    story: 'A worker of PHP is restarted.',
    breaks: [],
    app: tamper(
      ({ dispatch }) => dispatch && (dispatches += 1) === 1,
      (answer) => transportError(answer, 500, 'internal_error'),
    ),
  });
}
