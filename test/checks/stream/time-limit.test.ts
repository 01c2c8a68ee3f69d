import check from '../../../checks/stream/time-limit.ts';
import asText from '../../../src/faults/stream/as-text.ts';
import cut from '../../../src/faults/stream/cut.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';
import { emptied, withoutResponse } from './without-response.ts';

const refused = { ...streamingWorld({ enabled: false }), expect: streamingWorld().expect ?? {} };

describeCheck(check, {
  'a limit the tool exceeds': { ...streamingWorld({ sleepMs: 700, maxSeconds: 1 }), status: 'warn' },
  'a limit the tool keeps': streamingWorld({ sleepMs: 700 }),
  'a stream that ends early, without a response': { ...streamingWorld(), tweak: withoutResponse, status: 'blocked' },
  'a stream that ends at its limit, without a response': {
    ...streamingWorld({ count: 2, sleepMs: 450, maxSeconds: 1 }),
    tweak: withoutResponse,
  },
  'a stream without an event': { ...streamingWorld(), tweak: emptied, status: 'blocked' },
  'a refusal': { ...refused, status: 'blocked' },
  'an answer that is no stream': { ...streamingWorld(), tweak: asText, status: 'blocked' },
  'a stream that is cut': { ...streamingWorld(), tweak: cut, status: 'blocked' },
  'a profile that names no tool': { status: 'skip' },
});
