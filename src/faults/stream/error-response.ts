import { defineFault, streamingWorld, tamperStream } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/error-response',
  title: 'A stream ends with an error in place of its result',
  story: 'The tool fails at its last step, and the failure is reported in good order.',
  breaks: ['stream/messages:result'],
  world: streamingWorld(),
  app: tamperStream({ body: failed }),
});

async function* failed(parts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const part of parts) {
    yield part.replace(/"result":\{.*\}\}(?=\n)/, '"error":{"code":-32603,"message":"boom"}}');
  }
}
