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

function behind(server: string, buffering?: string) {
  const signed = replaceHeader('Server', server);
  const accel = replaceHeader('X-Accel-Buffering', buffering);
  return defineFault<ServerTweak>({
    id: 'stream/behind',
    title: `A stream behind ${server}`,
    story: 'It stands in front of PHP.',
    breaks: [],
    app: tamperStream({ head: (headers) => signed(accel(headers)) }),
  });
}

it.each(['nginx', 'nginx/1.26.2', 'openresty/1.27.1.1', 'Tengine', 'Angie/1.8'])(
  'says nothing of buffering behind %s, which keeps the header to itself',
  async (server) => {
    const result = await trial(check, { ...streamingWorld(), tweak: behind(server) });
    expect(result.status).toBe('pass');
    expect(slugs(result)).not.toContain('buffering');
    const reasons = result.observations.flatMap((one) => (one.kind === 'not-applicable' ? [one.reason] : []));
    expect(reasons).toEqual([expect.stringMatching(/nginx.*stream\/live/)]);
  },
);

it.each(['Apache', 'LiteSpeed', 'cloudflare', 'Caddy', 'Microsoft-IIS/10.0'])(
  'wants the header behind %s',
  async (server) => {
    expect(broken(await trial(check, { ...streamingWorld(), tweak: behind(server) }))).toEqual(['buffering']);
    expect(broken(await trial(check, { ...streamingWorld(), tweak: behind(server, 'no') }))).toEqual([]);
  },
);

it('believes a header that nginx was made to pass on', async () => {
  expect(broken(await trial(check, { ...streamingWorld(), tweak: behind('nginx', 'yes') }))).toEqual(['buffering']);
});
