import { defineFault, tamper, withHeader } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/no-retry-after',
  title: 'A refusal does not say when to come back',
  story: 'A proxy strips Retry-After.',
  breaks: ['rate/threshold:retry-after'],
  alsoBreaks: ['rate/recovery'],
  app: tamper(
    (_question, { status }) => status === 429,
    (answer) => withHeader(answer, 'Retry-After', undefined),
  ),
});
