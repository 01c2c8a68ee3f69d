import check from '../../../checks/stream/live.ts';
import asText from '../../../src/faults/stream/as-text.ts';
import cut from '../../../src/faults/stream/cut.ts';
import errorPage from '../../../src/faults/stream/error-page.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { defineFault, streamingWorld, tamperStream } from '../../../src/kit/index.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';
import { withoutResponse } from './without-response.ts';

const commented = defineFault<ServerTweak>({
  id: 'stream/commented',
  title: 'Events arrive at the end, and comments before them',
  story: 'A proxy collects the answer and keeps the connection alive meanwhile.',
  breaks: [],
  app: tamperStream({
    body: async function* (parts) {
      let all = '';
      for await (const part of parts) {
        all += part;
        yield ': still here\n\n';
      }
      yield all;
    },
  }),
});
const refused = { ...streamingWorld({ enabled: false }), expect: streamingWorld().expect ?? {} };

describeCheck(check, {
  'an output buffer': { ...streamingWorld({ buffering: 4096 }), status: 'warn' },
  'no buffer anywhere': streamingWorld(),
  'a live stream that loses its response': { ...streamingWorld(), tweak: withoutResponse },
  'a refusal': { ...refused, status: 'blocked' },
  'an answer that is no stream': { ...streamingWorld(), tweak: asText, status: 'blocked' },
  'a stream that is cut after its first event': { ...streamingWorld(), tweak: cut, status: 'blocked' },
  'a stream that fails at its first event': { ...streamingWorld(), tweak: errorPage, status: 'blocked' },
  'a stream whose comments alone arrive in time': { ...streamingWorld(), tweak: commented, status: 'blocked' },
  'a stream of a moment': { ...streamingWorld({ count: 2, sleepMs: 5 }), status: 'blocked' },
  'a profile that names no tool': { status: 'skip' },
});
