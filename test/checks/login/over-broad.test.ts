import check from '../../../checks/login/over-broad.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, { 'a stock installation': { status: 'warn' } });
