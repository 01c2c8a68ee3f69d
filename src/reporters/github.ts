import type { CheckResult, Report } from '../model/report.ts';
import { brokenFacts, findingsOf, remedyOf } from './findings.ts';
import { valueText } from './json-text.ts';
import { oneLine, sanitise } from './sanitise.ts';
import { OUTCOME_WORDS, summaryText, targetText } from './status.ts';

/** Workflow commands that annotate a GitHub build; the summary of the step is the Markdown report. */
export function renderGithub(report: Report): string {
  const annotations = findingsOf(report).map(({ result }) => annotation(result));
  const last = command(
    'notice',
    `emcp: ${OUTCOME_WORDS[report.outcome]}`,
    oneLine(`${summaryText(report)}. ${targetText(report)}`),
  );
  return [...annotations, last].map((line) => `${line}\n`).join('');
}

function annotation(result: CheckResult): string {
  const { check, status, reason } = result;
  const facts = brokenFacts(result).map(
    ({ slug, expected, actual, note }) =>
      `${slug}: promised ${valueText(expected, 200)}, came ${valueText(actual, 200)}${note === undefined ? '' : ` (${note})`}`,
  );
  const lines = [check.title, ...(reason === undefined ? [] : [reason]), ...facts, `Remedy: ${remedyOf(result)}`];
  const message = lines.map((line) => oneLine(line, 600)).join('\n');
  return command(status === 'warn' ? 'warning' : 'error', `${status} ${check.id}`, message);
}

function command(name: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${name} title=${escapeProperty(oneLine(title, 200))}::${escapeData(sanitise(message))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
