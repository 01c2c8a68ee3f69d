import check from '../../../checks/config/ignored-settings.ts';
import { describeConfigCheck } from '../../support/fake-config.ts';

const entry = { handle: 'content', auth: 'sapi_jwt', limits: { max_result_items: 50 } };

describeConfigCheck(check, [
  ['shipped files', { registry: { servers: [entry] } }, 'pass', []],
  ['the manager switched off', { settings: { mode: { internal: false } } }, 'warn', ['none-changed']],
  ['a service account', { settings: { actor: { mode: 'service' } } }, 'warn', ['none-changed']],
  ['a server meant to be open', { registry: { servers: [{ ...entry, auth: 'none' }] } }, 'warn', ['none-changed']],
  [
    'an item limit of its own',
    { registry: { servers: [{ limits: { max_result_items: 10 } }] } },
    'warn',
    ['none-changed'],
  ],
]);
