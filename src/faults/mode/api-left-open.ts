import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'mode/api-left-open',
  title: 'The API route is still registered',
  story: 'Somebody opened the API for a test and forgot it.',
  breaks: ['mode/api-route:closed'],
  world: { expect: { mode: { internal: true, api: false } }, settings: { 'cms.settings.eMCP.mode.api': false } },
  settings: { 'cms.settings.eMCP.mode.api': true },
});
