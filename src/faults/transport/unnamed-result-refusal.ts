import { defineFault, plainAnswer, tamper } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/unnamed-result-refusal',
  title: 'A result that is too large is refused by a page',
  story: 'The web server cuts answers off before eMCP does.',
  breaks: ['transport/result-too-large:shape'],
  alsoBreaks: ['trace/trace-id'],
  world: {
    expect: { limits: { payloadKb: 128, resultBytes: 2000, resultItems: 100 } },
    settings: { 'cms.settings.eMCP.limits.max_result_bytes': 2000 },
  },
  app: tamper(
    (_question, { status, text }) => status === 413 && text.includes('result'),
    () => plainAnswer(413, 'text/html', '<h1>Too large</h1>'),
  ),
});
