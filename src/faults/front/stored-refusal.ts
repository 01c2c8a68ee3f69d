import { defineFault, tamper, type Answer } from '../../kit/index.ts';
import type { ServerTweak } from '../../server/tweak.ts';

export default defineFault<ServerTweak>({
  id: 'front/stored-refusal',
  title: 'A cache that says nothing of itself answers GET and HEAD',
  story: 'A proxy stores what was answered to the first GET, and takes no note of the token.',
  breaks: ['transport/get-not-allowed:head'],
  alsoBreaks: ['auth/missing-token', 'transport/get-not-allowed', 'transport/precedence'],
  app: (app) => {
    let stored: Answer | undefined;
    return tamper(
      ({ verb, route }) => route === 'api' && (verb === 'GET' || verb === 'HEAD'),
      (answer, { verb }) => {
        const { text, ...head } = (stored ??= answer);
        return { ...head, text: verb === 'HEAD' ? '' : text };
      },
    )(app);
  },
});
