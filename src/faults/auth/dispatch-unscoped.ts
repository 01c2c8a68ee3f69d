import { defineFault, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/dispatch-unscoped',
  title: 'Dispatch is not guarded by scopes',
  story: 'The scope middleware is missing on the dispatch route.',
  breaks: ['auth/refused-not-run:denied'],
  app: tamper(
    ({ dispatch }, { status, text }) => dispatch && status === 403 && text.includes('scope_denied'),
    (answer) => ({ ...answer, status: 202, text: '{"status":"accepted","task_id":1,"reused":false}' }),
  ),
});
