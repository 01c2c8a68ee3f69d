import { defineCheck, settingEquals } from '../../src/kit/index.ts';

// Contract §1.1: both are true as shipped, and where a published file leaves them out.
const MODES = ['internal', 'api'] as const;

export default defineCheck({
  id: 'config/modes',
  title: 'The settings file says the modes the profile promises',
  proves: 'What is set is what is meant, also where nothing of it can be seen over HTTP.',
  remedy: 'Set `mode.internal` and `mode.api` in core/custom/config/cms/settings/eMCP.php as the profile says.',
  section: '1',
  cites: ['runbook:1.1/manager-works', 'runbook:1.1/api-disabled', 'runbook:1.2/api-works', 'runbook:1.3/both', 'D14'],
  severity: 'must',
  impact: 'read',
  requests: {},
  needs: ['config'],

  async *run({ config, expect }) {
    const file = await config.settings();
    for (const mode of MODES) {
      yield settingEquals(mode, { file, path: ['mode', mode], shipped: true, expected: expect.mode[mode] });
    }
  },
});
