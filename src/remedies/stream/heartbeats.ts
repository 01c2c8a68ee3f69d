import { defineRemedy } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineRemedy<ServerTweak>({
  id: 'stream/heartbeats',
  title: 'Streams beat as declared, and end in time',
  story: 'A runtime that keeps what it declares.',
  mends: ['stream/heartbeat:observed', 'stream/time-limit:ended-in-time'],
  settings: { 'cms.settings.eMCP.stream.emit_heartbeats': true },
});
