import check from '../../../checks/protocol/fractional-id.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check, { 'a stock installation': { status: 'warn' } });
