export { defineCheck, defineFault, equals, holds, inconclusive, matches, notApplicable, oneOf } from './kit/index.ts';
export type { Check, CheckContext, CheckMeta, Expectations, Observation } from './kit/index.ts';
export type { Report, CheckResult } from './model/report.ts';
