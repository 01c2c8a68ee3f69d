import check from '../../../checks/dispatch/leak.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, { 'an installation that queues': { status: 'warn' } });
