import { contentEntry, defineFault } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'rate/limited-anyway',
  title: 'The server keeps a limit although none is promised',
  story: 'The limiter was switched off globally, but the server entry wins.',
  breaks: ['rate/unlimited:never-limited'],
  world: {
    expect: { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } },
    settings: { 'cms.settings.eMCP.rate_limit.enabled': false },
  },
  settings: {
    'cms.settings.eMCP.rate_limit.enabled': true,
    'mcp.servers': [contentEntry()],
  },
});
