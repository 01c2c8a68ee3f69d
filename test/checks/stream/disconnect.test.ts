import check from '../../../checks/stream/disconnect.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'a server that notices': streamingWorld({ sleepMs: 1500 }),
  'a profile that names no tool': { status: 'skip' },
});
