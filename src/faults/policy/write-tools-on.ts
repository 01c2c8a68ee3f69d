import { defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'policy/write-tools-on',
  title: 'Write tools are on',
  story: '`security.enable_write_tools` was switched on for a migration and stayed.',
  breaks: ['policy/denied-tool:denied'],
  alsoBreaks: ['transport/precedence'],
  settings: { 'cms.settings.eMCP.security.enable_write_tools': true },
});
