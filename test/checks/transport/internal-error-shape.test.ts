import check from '../../../checks/transport/internal-error-shape.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);
