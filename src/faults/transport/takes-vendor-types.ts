import { defineFault, tamper, rpcResult } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/takes-vendor-types',
  title: 'Bodies of a vendor type are taken',
  story: 'A proxy maps vendor types to JSON.',
  breaks: ['transport/media-type:vendor'],
  app: tamper(
    ({ header }, { status }) => status === 415 && (header('content-type') ?? '').includes('vnd'),
    (answer, question) => rpcResult(answer, question, { tools: [] }),
  ),
});
