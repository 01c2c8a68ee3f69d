import { expect, it } from 'vitest';
import check from '../../../checks/stream/headers.ts';
import { defineFault, replaceHeader, streamingWorld, tamperStream } from '../../../src/kit/index.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';
import { describeCheck } from '../../support/describe-check.ts';
import { broken, slugs, trial } from '../../support/trial.ts';

describeCheck(check, {
  'a server that streams': streamingWorld(),
  'a server that may not': { ...streamingWorld({ enabled: false }), status: 'skip' },
  'a profile that names no tool': { status: 'skip' },
});

function behind(server: string | undefined, buffering?: string) {
  const signed = replaceHeader('Server', server);
  const accel = replaceHeader('X-Accel-Buffering', buffering);
  return defineFault<ServerTweak>({
    id: 'stream/behind',
    title: 'A stream behind somebody',
    story: 'It stands in front of PHP.',
    breaks: [],
    app: tamperStream({ head: (headers) => signed(accel(headers)) }),
  });
}

it.each([undefined, 'nginx/1.26.2', 'openresty/1.27.1.1', 'cloudflare', 'Apache', 'web'])(
  'says nothing of buffering where the header did not arrive from %s',
  async (server) => {
    const result = await trial(check, { ...streamingWorld(), tweak: behind(server) });
    expect(result.status).toBe('pass');
    expect(slugs(result)).not.toContain('buffering');
    const reasons = result.observations.flatMap((one) => (one.kind === 'not-applicable' ? [one.reason] : []));
    expect(reasons).toEqual([expect.stringMatching(/nginx.*stream\/live/)]);
  },
);

it.each(['nginx', 'cloudflare', 'Apache'])('believes a header that arrives from %s', async (server) => {
  expect(broken(await trial(check, { ...streamingWorld(), tweak: behind(server, 'yes') }))).toEqual(['buffering']);
  expect(broken(await trial(check, { ...streamingWorld(), tweak: behind(server, 'no') }))).toEqual([]);
});
