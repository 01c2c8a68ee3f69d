import check from '../../../checks/stream/live.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'an output buffer': { ...streamingWorld({ buffering: 4096 }), status: 'warn' },
  'no buffer anywhere': streamingWorld(),
  'a profile that names no tool': { status: 'skip' },
});
