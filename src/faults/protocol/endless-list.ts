import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/endless-list',
  title: 'tools/list repeats its cursor for ever',
  story: 'A negative page size makes the cursor point at itself.',
  breaks: [
    'protocol/tools-list:ends',
    'protocol/tools-list:unique',
    'manager/tools-list:ends',
    'manager/tools-list:unique',
  ],
  alsoBreaks: ['marker/governance-lock'],
  app: tamper(
    ({ method }, { text }) => method === 'tools/list' && text.includes('"tools"'),
    (answer) => withValue(answer, ['result', 'nextCursor'], 'eyJvZmZzZXQiOjB9'),
  ),
});
