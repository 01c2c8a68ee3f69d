import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'transport/uncapped-results',
  title: 'Results are larger than promised',
  story: 'The cap was raised for an export and stayed.',
  breaks: ['transport/result-too-large:within-the-limit'],
  world: {
    expect: { limits: { payloadKb: 128, resultBytes: 2000, resultItems: 100 } },
    settings: { 'cms.settings.eMCP.limits.max_result_bytes': 2000 },
  },
  settings: { 'cms.settings.eMCP.limits.max_result_bytes': 10_000_000 },
});
