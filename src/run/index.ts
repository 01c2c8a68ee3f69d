export { assembleReport, type ReportInput } from './report.ts';
export { runPlan, type RunInput } from './run.ts';
