import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'policy/no-server-allowed',
  title: 'The allow list of servers is empty',
  story: 'The list was overwritten by a deployment.',
  breaks: ['policy/denied-server:allowed'],
  alsoBreaks: [
    'protocol/tools-list',
    'auth/unsound-tokens',
    'auth/unsound-claims',
    'auth/scope-encodings',
    'transport/media-type',
    'transport/payload-too-large',
  ],
  app: tamper(
    ({ method, route }, { status }) => route === 'api' && method === 'tools/list' && status === 200,
    (answer) => transportError(answer, 403, 'server_denied'),
  ),
});
