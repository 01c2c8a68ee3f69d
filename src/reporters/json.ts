import type { Report } from '../model/report.ts';
import { jsonText } from './json-text.ts';

/** The report itself; two spaces, one line end at the end. */
export function renderJson(report: Report): string {
  return `${jsonText(report, 2)}\n`;
}
