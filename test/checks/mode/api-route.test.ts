import check from '../../../checks/mode/api-route.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, {
  'a stock installation': {},
  'an installation without API': {
    expect: { mode: { internal: true, api: false } },
    settings: { 'cms.settings.eMCP.mode.api': false },
  },
  'an installation without API, looked for at another path': {
    expect: { mode: { internal: true, api: false } },
    settings: { 'cms.settings.eMCP.mode.api': false },
    apiPath: '/api/v1/other/{server}',
  },
});
