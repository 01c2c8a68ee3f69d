import check from '../../../checks/rate/unlimited.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, {
  'an installation without limits': {
    expect: { rate: { perMinute: 'unlimited', globalPerMinute: 'unlimited' } },
    settings: { 'cms.settings.eMCP.rate_limit.enabled': false },
  },
  'a stock installation': { status: 'skip' },
});
