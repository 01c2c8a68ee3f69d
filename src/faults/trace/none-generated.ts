import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'trace/none-generated',
  title: 'No trace id is made where none was sent',
  story: '`trace.generate_if_missing` was switched off.',
  breaks: ['trace/trace-id:generated'],
  settings: { 'cms.settings.eMCP.trace.generate_if_missing': false },
});
