import check from '../../../checks/stream/heartbeat.ts';
import asText from '../../../src/faults/stream/as-text.ts';
import cut from '../../../src/faults/stream/cut.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { streamingWorld } from '../../../src/kit/index.ts';
import { withoutResponse } from './without-response.ts';

const refused = { ...streamingWorld({ enabled: false }), expect: streamingWorld().expect ?? {} };
const silent = streamingWorld({ count: 1, sleepMs: 3200 });

describeCheck(check, {
  'a runtime that declares heartbeats and sends none': { ...silent, status: 'warn' },
  'the same, without a response': { ...silent, tweak: withoutResponse, status: 'warn' },
  'a tool that never falls silent': { ...streamingWorld(), status: 'skip' },
  'a refusal': { ...refused, status: 'blocked' },
  'an answer that is no stream': { ...silent, tweak: asText, status: 'blocked' },
  'a stream that is cut before it falls silent': { ...silent, tweak: cut, status: 'blocked' },
  'a profile that names no tool': { status: 'skip' },
});
