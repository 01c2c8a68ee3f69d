import check from '../../../checks/config/missing-keys.ts';
import { describeConfigCheck } from '../../support/fake-config.ts';

describeConfigCheck(check, [
  ['a file nobody published', {}, 'pass', []],
  ['a whole group', { settings: { queue: { driver: 'stask', failover: 'sync' } } }, 'pass', []],
  ['half a group', { settings: { queue: { driver: 'stask' } } }, 'warn', ['complete']],
]);
