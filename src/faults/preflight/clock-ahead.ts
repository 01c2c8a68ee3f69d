import { defineFault, tamper, withHeader } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'preflight/clock-ahead',
  title: 'The clock of the target is ten minutes ahead',
  story: 'NTP stopped on a virtual machine that was resumed.',
  breaks: ['preflight/clock-skew:skew'],
  app: tamper(
    () => true,
    (answer) => withHeader(answer, 'Date', new Date(Date.now() + 600_000).toUTCString()),
  ),
});
