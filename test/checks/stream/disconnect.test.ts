import check from '../../../checks/stream/disconnect.ts';
import asText from '../../../src/faults/stream/as-text.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';

const refused = { ...streamingWorld({ enabled: false }), expect: streamingWorld().expect ?? {} };

describeCheck(check, {
  'a server that notices': streamingWorld({ sleepMs: 1500 }),
  'a stream that ends before': { ...streamingWorld({ sleepMs: 5 }), status: 'blocked' },
  'a refusal': { ...refused, status: 'blocked' },
  'an answer that is no stream': { ...streamingWorld({ sleepMs: 1500 }), tweak: asText, status: 'blocked' },
  'a profile that names no tool': { status: 'skip' },
});
