import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'policy/every-server-allowed',
  title: 'The allow list of servers lets everything through',
  story: 'Somebody widened the list to *.',
  breaks: ['policy/denied-server:denied'],
  world: {
    expect: { deniedServer: 'internal' },
    settings: { 'cms.settings.eMCP.security.allow_servers': ['content'] },
  },
  settings: { 'cms.settings.eMCP.security.allow_servers': ['*'] },
});
