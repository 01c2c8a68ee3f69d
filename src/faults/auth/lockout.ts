import { defineFault, tamper, transportError } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'auth/lockout',
  title: 'A refused token locks the caller out',
  story: 'A firewall bans an address at its first 401.',
  breaks: ['auth/unsound-tokens:control', 'auth/unsound-claims:control'],
  alsoBreaks: ['rate/counted-requests'],
  app: (app) => {
    let banned = false;
    return tamper(
      ({ method, claims }, { status }) => {
        const refusedBefore = banned;
        banned ||= status === 401 && claims !== undefined;
        return refusedBefore && method === 'tools/list';
      },
      (answer) => transportError(answer, 403, 'banned'),
    )(app);
  },
});
