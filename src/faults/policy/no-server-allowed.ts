import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'policy/no-server-allowed',
  title: 'One refused server takes the allowed ones with it',
  story: 'A cache of policy decisions forgets which server it decided about.',
  breaks: ['policy/denied-server:allowed'],
  world: {
    expect: { deniedServer: 'internal' },
    settings: { 'cms.settings.eMCP.security.allow_servers': ['content'] },
  },
  app: (app) => {
    let refused = false;
    return tamper(
      (_question, { text }) => {
        const before = refused;
        refused ||= text.includes('server_denied');
        return before;
      },
      (answer) => transportError(answer, 403, 'server_denied'),
    )(app);
  },
});
