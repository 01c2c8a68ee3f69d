import { defineFault, tamper, withValue } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'protocol/missing-tool',
  title: 'tools/list lacks a canonical tool',
  story: "A server class of one's own leaves it out.",
  breaks: ['protocol/tools-list:canonical', 'manager/tools-list:canonical'],
  alsoBreaks: ['marker/governance-lock'],
  app: tamper(
    ({ method }, { text }) => method === 'tools/list' && text.includes('"tools"'),
    (answer) =>
      withValue(answer, ['result', 'tools', 13], {
        name: 'evo.other',
        title: 'Other',
        description: 'Other.',
        inputSchema: { type: 'object' },
      }),
  ),
});
