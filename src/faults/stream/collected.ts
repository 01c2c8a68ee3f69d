import { defineFault, streamingWorld } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'stream/collected',
  title: 'A stream arrives at its end',
  story: 'The pool was started with the default output buffering of PHP.',
  breaks: ['stream/live:arrival'],
  alsoBreaks: ['stream/heartbeat'],
  world: streamingWorld(),
  settings: { 'php.output_buffering': 4096 },
});
