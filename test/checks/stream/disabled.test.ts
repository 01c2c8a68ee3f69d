import check from '../../../checks/stream/disabled.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'a server that does not stream': streamingWorld({ enabled: false }),
  'a server that may': { ...streamingWorld(), status: 'skip' },
  'a profile that names no tool': { status: 'skip' },
});
