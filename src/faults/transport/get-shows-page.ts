import { defineFault, tamper, htmlPage } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/get-shows-page',
  title: 'GET on the MCP route shows a page',
  story: 'A route of the site answers GET first.',
  breaks: ['transport/get-not-allowed:get', 'transport/get-not-allowed:head'],
  alsoBreaks: ['transport/precedence'],
  app: tamper(
    ({ verb, header }) => (verb === 'GET' || verb === 'HEAD') && header('authorization') !== undefined,
    () => htmlPage(200),
  ),
});
