import { defineFault, plainAnswer, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

const PAGE = '<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx/1.24.0</center>\n';

export default defineFault<ServerTweak>({
  id: 'front/bad-gateway-at-times',
  title: 'nginx answers one listing in 25 with 502',
  story: 'A balancer still sends a share of the requests to a node that is down.',
  breaks: ['rate/threshold:allowed'],
  alsoBreaks: [
    'rate/global-threshold',
    'rate/recovery',
    'rate/separate-buckets',
    'rate/counted-requests',
    'rate/dispatch-shares-bucket',
    'rate/unlimited',
    'rate/precedence',
  ],
  app: (app) => {
    let count = 0;
    return tamper(
      // What may be sent twice is repeated, so that only a burst, which must not be, cannot tell.
      ({ dispatch, method }) =>
        !dispatch && (method === undefined || method === 'tools/list') && (count += 1) % 25 === 0,
      () => plainAnswer(502, 'text/html', PAGE, [['Server', 'nginx/1.24.0']]),
    )(app);
  },
});
