import check from '../../../checks/stream/time-limit.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../support/streaming.ts';

describeCheck(check, {
  'a limit the tool exceeds': { ...streamingWorld({ sleepMs: 700, maxSeconds: 1 }), status: 'warn' },
  'a limit the tool keeps': { ...streamingWorld({ sleepMs: 700 }), faults: ['stream/limit-below-tool'] },
  'a profile that names no tool': { status: 'skip' },
});
