import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'mode/api-open-by-default',
  title: 'The API route is registered at the path of a stock installation',
  story: 'The API was moved to another path, and the old registration stayed behind.',
  breaks: ['mode/api-route:closed-by-default'],
  world: {
    expect: { mode: { internal: true, api: false } },
    settings: { 'cms.settings.eMCP.mode.api': false },
    apiPath: '/api/v1/other/{server}',
  },
  settings: { 'cms.settings.eMCP.mode.api': true },
});
