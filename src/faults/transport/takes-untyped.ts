import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/takes-untyped',
  title: 'Bodies without a media type are taken',
  story: 'A proxy adds a default media type.',
  breaks: ['transport/media-type:absent'],
  app: tamper(
    ({ header }, { status }) => status === 415 && header('content-type') === undefined,
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
