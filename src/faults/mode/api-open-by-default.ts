import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'mode/api-open-by-default',
  title: 'The API route is registered at the path of a stock installation',
  story: 'The API was moved to another path, and the old registration stayed behind.',
  breaks: ['mode/api-route:closed-by-default'],
  settings: { 'cms.settings.eMCP.mode.api': true },
});
