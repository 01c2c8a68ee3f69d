import check from '../../../checks/dispatch/failed-task-visible.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { defineFault, streamingWorld, tamper, transportError } from '../../../src/kit/index.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';

let dispatches = 0;
const refusedLater = defineFault<ServerTweak>({
  id: 'test/refused-later',
  title: '-',
  story: '-',
  breaks: [],
  app: tamper(
    ({ dispatch }) => dispatch && (dispatches += 1) > 1,
    (answer) => transportError(answer, 401, 'unauthenticated'),
  ),
});

describeCheck(check, {
  'a caller who is refused meanwhile': { ...streamingWorld(), tweak: refusedLater, status: 'blocked' },
  'an installation with a streaming tool': { ...streamingWorld(), status: 'warn' },
  'one without': { status: 'skip' },
});
