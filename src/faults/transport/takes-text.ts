import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/takes-text',
  title: 'Bodies of type text/plain are taken',
  story: 'A proxy sets the media type of every body.',
  breaks: ['transport/media-type:text'],
  alsoBreaks: ['transport/precedence', 'rate/counted-requests'],
  app: tamper(
    ({ header }, { status }) => status === 415 && header('content-type') === 'text/plain',
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
