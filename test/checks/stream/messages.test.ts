import check from '../../../checks/stream/messages.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'a server that streams': streamingWorld(),
  'a server that streams behind an output buffer': streamingWorld({ buffering: 4096 }),
  'a profile that names no tool': { status: 'skip' },
});
