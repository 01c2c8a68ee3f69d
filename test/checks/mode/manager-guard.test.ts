import { defineFault, tamper } from '../../../src/kit/index.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';
import check from '../../../checks/mode/manager-guard.ts';
import { expect, it } from 'vitest';
import { trial } from '../../support/trial.ts';
import { describeCheck } from '../../support/describe-check.ts';

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

/** As a guard of the site's own may say it, before eMCP is asked. */
const untraced = defineFault<ServerTweak>({
  id: 'mode/untraced',
  title: 'The manager route refuses without a trace id',
  story: 'A guard in front of eMCP speaks its words.',
  breaks: ['mode/manager-guard:no-json-rpc'],
  app: tamper(
    ({ route }) => route === 'manager',
    (answer) => ({
      status: 403,
      headers: [...answer.headers.filter(([name]) => name.toLowerCase() !== 'content-type'), JSON_TYPE],
      text: '{"error":{"code":"forbidden","message":"no"}}',
    }),
  ),
});

describeCheck(check);

it('is red on a refusal without a trace id, which another guard may give', async () => {
  const { status, observations } = await trial(check, { tweak: untraced });
  expect({ status, observations }).toMatchObject({
    status: 'fail',
    observations: [{ slug: 'no-json-rpc', held: false, actual: { code: 'forbidden', traceId: 'missing in the body' } }],
  });
});
