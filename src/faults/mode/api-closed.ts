import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'mode/api-closed',
  title: 'The API route is not registered',
  story: 'A deployment set `mode.api` to false, or lost the setting.',
  breaks: ['mode/api-route:open'],
  settings: { 'cms.settings.eMCP.mode.api': false },
});
