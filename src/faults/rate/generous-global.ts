import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/generous-global',
  title: 'The global limit is one request higher than promised',
  story: 'Somebody rounded the limit up.',
  breaks: ['rate/global-threshold:allowed'],
  alsoBreaks: ['rate/separate-buckets'],
  settings: { 'cms.settings.eMCP.rate_limit.per_minute': 61 },
});
