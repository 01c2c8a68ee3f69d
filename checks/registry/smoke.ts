import { defineCheck, holds, inconclusive } from '../../src/kit/index.ts';
import { whyNotReached } from '../../src/protocol/artisan.ts';
import { parseSmokeTest, type SmokeTest } from '../../src/protocol/artisan-smoke-test.ts';

export default defineCheck({
  id: 'registry/smoke',
  title: '`emcp:test` passes',
  proves: 'The runtime answers initialize and tools/list from inside, without token, limiter or web server.',
  remedy: 'The step that failed is named; what only HTTP meets is `protocol/initialize` and its neighbours.',
  section: '2.1',
  cites: ['runbook:2.1/smoke', 'runbook:7/4', 'CONTRACT 9'],
  severity: 'must',
  impact: 'read',
  requests: {},
  needs: ['artisan'],

  async *run({ artisan }) {
    const output = await artisan.run(['emcp:test']);
    const test = parseSmokeTest(output);
    const unreached = whyNotReached(output, test);
    if (unreached !== undefined) {
      yield inconclusive(unreached, 'passed');
      return;
    }
    yield holds('passed', {
      actual: { exit: output.exit, said: said(test) },
      expected: { exit: 0, said: 'passed' },
      held: output.exit === 0 && test.kind === 'passed',
      seen: output,
    });
  },
});

function said(test: SmokeTest): string {
  if (test.kind === 'crashed') return `crashed: ${test.exception}`;
  if (test.kind !== 'failed') return test.kind;
  const { failure } = test;
  return 'step' in failure ? `failed at ${failure.step}: ${failure.kind}` : `failed: ${failure.kind}`;
}
