import check from '../../../checks/config/zero-payload.ts';
import { describeConfigCheck } from '../../support/fake-config.ts';

describeConfigCheck(check, [
  ['no registry', {}, 'pass', []],
  ['a limit', { registry: { servers: [{ handle: 'content', limits: { max_payload_kb: 128 } }] } }, 'pass', []],
  ['zero', { registry: { servers: [{ handle: 'content', limits: { max_payload_kb: 0 } }] } }, 'warn', ['none-zero']],
]);
