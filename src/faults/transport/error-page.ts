import { defineFault, tamper, htmlPage } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/error-page',
  title: 'Failures inside the runtime show a page',
  story: '`app.debug` is on, or a handler of the CMS catches first.',
  breaks: ['transport/internal-error-shape:shape'],
  app: tamper(
    (_question, { status }) => status === 500,
    () => htmlPage(500),
  ),
});
