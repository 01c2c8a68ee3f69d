import check from '../../../checks/policy/denied-server.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, {
  'an installation with an allow list': {
    expect: { deniedServer: 'internal' },
    settings: { 'cms.settings.eMCP.security.allow_servers': ['content'] },
  },
  'a stock installation': { status: 'skip' },
});
