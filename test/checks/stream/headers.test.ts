import check from '../../../checks/stream/headers.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

describeCheck(check, {
  'a server that streams': streamingWorld(),
  'a server that may not': { ...streamingWorld({ enabled: false }), status: 'skip' },
  'a profile that names no tool': { status: 'skip' },
});
