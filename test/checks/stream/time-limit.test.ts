import check from '../../../checks/stream/time-limit.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'a limit the tool exceeds': { ...streamingWorld({ sleepMs: 700, maxSeconds: 1 }), status: 'warn' },
  'a limit the tool keeps': streamingWorld({ sleepMs: 700 }),
  'a profile that names no tool': { status: 'skip' },
});
