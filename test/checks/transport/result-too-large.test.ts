import check from '../../../checks/transport/result-too-large.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, {
  'an installation with a small cap': {
    expect: { limits: { payloadKb: 128, resultBytes: 2000, resultItems: 100 } },
    settings: { 'cms.settings.eMCP.limits.max_result_bytes': 2000 },
  },
  'a stock installation': { status: 'skip' },
});
