import { defineFault, tamperStream } from '../../../src/kit/index.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';

/** Its beginning, and nothing of it. */
export const emptied = defineFault<ServerTweak>({
  id: 'stream/emptied',
  title: 'A stream has no event',
  story: 'A proxy gives up at once, in good order.',
  breaks: [],
  app: tamperStream({ body: async function* () {} }),
});

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
