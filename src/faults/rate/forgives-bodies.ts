import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/forgives-bodies',
  title: 'Bodies of the wrong type are refused before they are counted',
  story: 'The web server refuses them in front of eMCP.',
  breaks: ['rate/counted-requests:counted'],
  alsoBreaks: ['rate/precedence', 'transport/precedence', 'transport/media-type'],
  app: (app) => async (request, signal) => {
    if (request.headers['content-type'] !== 'text/plain') return app(request, signal);
    const { 'content-type': _type, ...headers } = request.headers;
    const sound = await app({ ...request, headers, path: `${request.path}-refused`, body: new Uint8Array() }, signal);
    return { ...sound, status: 415, body: '{"error":{"code":"unsupported_media_type","message":"","trace_id":"t"}}' };
  },
});
