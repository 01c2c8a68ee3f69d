export { assembleReport, journalDigest } from './report.ts';
export { runPlan, type RunInput } from './run.ts';
