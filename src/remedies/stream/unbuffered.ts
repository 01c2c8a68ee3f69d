import { defineRemedy } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineRemedy<ServerTweak>({
  id: 'stream/unbuffered',
  title: 'PHP sends each event at once',
  story: 'Output buffering was switched off for the pool that serves MCP.',
  mends: ['stream/live:arrival'],
  settings: { 'php.output_buffering': 0 },
});
