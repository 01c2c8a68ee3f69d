import check from '../../../checks/stream/live.ts';
import asText from '../../../src/faults/stream/as-text.ts';
import cut from '../../../src/faults/stream/cut.ts';
import errorPage from '../../../src/faults/stream/error-page.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';
import { withoutResponse } from './without-response.ts';

const refused = { ...streamingWorld({ enabled: false }), expect: streamingWorld().expect ?? {} };

describeCheck(check, {
  'an output buffer': { ...streamingWorld({ buffering: 4096 }), status: 'warn' },
  'no buffer anywhere': streamingWorld(),
  'a live stream that loses its response': { ...streamingWorld(), tweak: withoutResponse },
  'a refusal': { ...refused, status: 'blocked' },
  'an answer that is no stream': { ...streamingWorld(), tweak: asText, status: 'blocked' },
  'a stream that is cut after its first event': { ...streamingWorld(), tweak: cut, status: 'blocked' },
  'a stream that fails at its first event': { ...streamingWorld(), tweak: errorPage, status: 'blocked' },
  'a stream of a moment': { ...streamingWorld({ count: 2, sleepMs: 5 }), status: 'blocked' },
  'a profile that names no tool': { status: 'skip' },
});
