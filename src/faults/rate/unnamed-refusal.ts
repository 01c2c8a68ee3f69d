import { defineFault, plainAnswer, tamper, type Answer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/unnamed-refusal',
  title: 'The limiter refuses with a page of the web server',
  story: 'A limiter of the web server answers before eMCP.',
  breaks: ['rate/threshold:allowed', 'rate/global-threshold:allowed', 'rate/dispatch-shares-bucket:limited'],
  alsoBreaks: ['rate/precedence', 'rate/counted-requests', 'rate/separate-buckets'],
  app: tamper(
    (_question, { status }) => status === 429,
    (answer) =>
      plainAnswer(429, 'text/html', '<h1>Slow down</h1>', [['Retry-After', valueOf(answer, 'retry-after') ?? '60']]),
  ),
});

function valueOf({ headers }: Answer, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}
