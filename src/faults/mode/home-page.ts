import { defineFault, tamper, htmlPage } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'mode/home-page',
  title: 'The API path shows the home page',
  story: 'Friendly URLs are off, so the site answers every unknown path with HTTP 200.',
  breaks: ['mode/api-route:open'],
  app: tamper(
    ({ route }) => route === 'api',
    () => htmlPage(200),
  ),
});
