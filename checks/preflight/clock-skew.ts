import { defineCheck, foreignTo, header, holds, inconclusive } from '../../src/kit/index.ts';

// Tokens are verified without leeway (contract §3.1), so a clock that is off refuses sound tokens.
const TOLERATED_SECONDS = 30;

/** The CMS answers from the same machine where the API is closed. */
const CLOCKS = ['emcp', 'sapi', 'cms'] as const;

export default defineCheck({
  id: 'preflight/clock-skew',
  title: 'The clocks of target and operator agree',
  proves: 'Tokens minted here are neither expired nor from the future over there.',
  remedy: 'Set both clocks by NTP; a token is refused as soon as its `iat` lies a second ahead of the server.',
  section: '0',
  cites: ['CONTRACT 3.1', 'CONTRACT 13.23'],
  severity: 'should',
  impact: 'read',
  requests: {},
  otherRequests: { initialize: 1 },
  needs: ['mcp'],

  async *run({ mcp, clock, expect }) {
    const before = clock.now();
    const reply = await mcp.initialize(expect.protocolVersions[0] ?? '');
    const date = Date.parse(header(reply, 'date') ?? '');
    if (Number.isNaN(date)) {
      yield foreignTo('skew', reply, CLOCKS) ?? inconclusive('the target sends no Date header', 'skew');
      return;
    }
    // The target wrote its date between asking and answer, and in whole seconds; a slow answer is no skew.
    const skew = Math.round((date - Math.min(Math.max(date, before), clock.now())) / 1000);
    yield holds('skew', {
      actual: skew,
      expected: `at most ${TOLERATED_SECONDS} seconds either way`,
      held: Math.abs(skew) <= TOLERATED_SECONDS,
      seen: reply,
      by: CLOCKS,
    });
  },
});
