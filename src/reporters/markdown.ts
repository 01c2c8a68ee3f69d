import type { Report } from '../model/report.ts';
import { findingsOf, remedyOf, type Finding } from './findings.ts';
import { valueText } from './json-text.ts';
import { codeBlock, codeSpan, plain } from './markdown-text.ts';
import { sectionsOf, type Section } from './sections.ts';
import { OUTCOME_WORDS, STATUSES, summaryText, targetText } from './status.ts';

/** GitHub-flavoured Markdown, for a comment or the summary of a build step. */
export function renderMarkdown(report: Report): string {
  const findings = findingsOf(report);
  const target = `Target: **${plain(targetText(report))}**`;
  const blocks = [
    `# emcp: ${OUTCOME_WORDS[report.outcome]}`,
    target,
    headOf(report),
    totalsTable(report),
    ...(findings.length === 0 ? [] : ['## Needs attention', ...findings.flatMap(findingBlocks)]),
    '## All checks',
    ...sectionsOf(report.results).flatMap(sectionBlocks),
    target,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function headOf(report: Report): string {
  const { run, profile, runtime, tool } = report;
  const { platform, platformVersion, toolsetVersion } = runtime;
  const seen = [platform, platformVersion, toolsetVersion === null ? null : `toolset ${toolsetVersion}`];
  const runtimeText = seen.filter((part) => part !== null).join(' ');
  const lines = [
    `${plain(summaryText(report))}.`,
    `Profile: ${plain(profile.title)} (${codeSpan(profile.id)})`,
    ...(runtimeText === '' ? [] : [`Runtime: ${plain(runtimeText)}`]),
    `Run: ${plain(run.startedAt)}, ${(run.durationMs / 1000).toFixed(1)} s, seed ${codeSpan(run.seed)}, emcp ${plain(tool.version)}`,
    ...(run.strict ? ['Strict: warnings and missing capabilities count as failures'] : []),
    ...(run.interrupted === null
      ? []
      : [`Interrupted by ${run.interrupted}: what follows is what was seen until then`]),
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

function totalsTable({ totals }: Report): string {
  const rows = STATUSES.map((status) => `| ${status} | ${totals[status]} |`);
  return ['| status | checks |', '| --- | ---: |', ...rows].join('\n');
}

function findingBlocks({ result, broken, curl }: Finding): readonly string[] {
  const { check, status, reason } = result;
  const lines = [
    ...(reason === undefined ? [] : [`why: ${plain(reason)}`]),
    ...broken.map(
      ({ slug, expected, actual, note }) =>
        `${codeSpan(slug)}: promised ${codeSpan(valueText(expected))}, came ${codeSpan(valueText(actual))}` +
        (note === undefined ? '' : ` (${plain(note)})`),
    ),
    `remedy: ${plain(remedyOf(result))}`,
  ];
  return [
    `### ${status}: ${codeSpan(check.id)}`,
    `Promised: ${plain(check.title)} (runbook ${plain(check.section)})`,
    lines.map((line) => `- ${line}`).join('\n'),
    ...(curl === undefined ? [] : [codeBlock([...curl.notes.map((note) => `# ${note}`), curl.block].join('\n'), 'sh')]),
  ];
}

function sectionBlocks({ heading, results }: Section): readonly string[] {
  const rows = results.map(
    ({ check, status, reason, durationMs }) =>
      `| ${status} | ${codeSpan(check.id)} | ${plain(check.title)}${reason === undefined ? '' : ` (${plain(reason)})`} | ${durationMs} ms |`,
  );
  return [
    `### ${plain(heading)}`,
    ['| status | check | holds when green | time |', '| --- | --- | --- | ---: |', ...rows].join('\n'),
  ];
}
