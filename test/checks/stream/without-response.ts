import { defineFault, tamperStream } from '../../../src/kit/index.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';

/** Every event but the response, as it is made. */
export const withoutResponse = defineFault<ServerTweak>({
  id: 'stream/without-response',
  title: 'A stream ends without its response',
  story: 'The tool gives up before it has a result.',
  breaks: [],
  app: tamperStream({
    body: async function* (parts) {
      for await (const part of parts) if (!part.includes('"result"')) yield part;
    },
  }),
});
