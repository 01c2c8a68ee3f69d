import check from '../../../checks/stream/heartbeat.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'a runtime that declares heartbeats and sends none': {
    ...streamingWorld({ count: 1, sleepMs: 3200 }),
    status: 'warn',
  },
  'a tool that never falls silent': { ...streamingWorld(), status: 'skip' },
  'a profile that names no tool': { status: 'skip' },
});
