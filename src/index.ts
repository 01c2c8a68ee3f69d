export { defineCheck, defineFault, equals, holds, inconclusive, matches, notApplicable, oneOf } from './kit/index.ts';
export type { Check, CheckContext, CheckMeta, Expectations, Observation } from './kit/index.ts';
export type { Report, CheckResult } from './model/report.ts';
export { checkTarget, planTarget, type CheckTargetInput, type Planning } from './app/check-target.ts';
export { replayRun } from './app/replay-run.ts';
export { openCatalogue } from './catalogue/index.ts';
export { openTarget, withTarget } from './targets/open.ts';
