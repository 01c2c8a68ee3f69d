import check from '../../../checks/config/modes.ts';
import { describeConfigCheck } from '../../support/fake-config.ts';

describeConfigCheck(check, [
  ['a file nobody published', {}, 'pass', []],
  ['both modes on', { settings: { mode: { internal: true, api: true } } }, 'pass', []],
  ['the API off', { settings: { mode: { internal: true, api: false } } }, 'fail', ['api']],
  ['the manager off', { settings: { mode: { internal: false, api: true } } }, 'fail', ['internal']],
  ['a mode that is decided at run time', { unreadable: ['mode.api'] }, 'blocked', ['api']],
  ['a group that is decided at run time', { unreadable: ['mode'] }, 'blocked', ['api', 'internal']],
  ['a file that is no array of settings', { unreadable: ['(file)'] }, 'blocked', ['api', 'internal']],
  ['a group that is no group', { settings: { mode: 'both' } }, 'blocked', ['api', 'internal']],
  ['a mode that is text', { settings: { mode: { internal: true, api: 'true' } } }, 'fail', ['api']],
]);
