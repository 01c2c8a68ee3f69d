import type { CheckResult, Report } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';
import { brokenFacts, remedyOf } from './findings.ts';
import { valueText } from './json-text.ts';
import { oneLine, sanitise } from './sanitise.ts';
import { sectionsOf, type Section } from './sections.ts';
import { targetText } from './status.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** JUnit XML as build servers read it: one suite for a section, one case for a check. */
export function renderJunit(report: Report): string {
  const { results, run } = report;
  const name = `emcp: ${targetText(report)}`;
  const attributes = { name, ...countsOf(results), time: seconds(run.durationMs), timestamp: run.startedAt };
  const suites = sectionsOf(results).map((section) => suite(section, report));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

function suite({ heading, results }: Section, report: Report): string {
  const time = seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0));
  const attributes = { name: heading, ...countsOf(results), time, timestamp: report.run.startedAt };
  return element('testsuite', attributes, [
    element('properties', {}, propertiesOf(results, report)),
    ...results.map(testCase),
  ]);
}

function propertiesOf(results: readonly CheckResult[], report: Report): readonly string[] {
  const { run, profile, outcome, tool } = report;
  const properties: Attributes = {
    target: targetText(report),
    profile: profile.id,
    outcome,
    seed: run.seed,
    emcp: tool.version,
    warnings: count(results, 'warn'),
  };
  return Object.entries(properties).map(([name, value]) => element('property', { name, value }));
}

function testCase(result: CheckResult): string {
  const { check, durationMs } = result;
  const classname = `emcp.${check.id.split('/').slice(0, -1).join('.')}`;
  return element('testcase', { classname, name: `${check.id}: ${check.title}`, time: seconds(durationMs) }, [
    ...verdictOf(result),
  ]);
}

function verdictOf(result: CheckResult): readonly string[] {
  const { status } = result;
  const message = oneLine(messageOf(result), 300);
  switch (status) {
    case 'pass':
      return [];
    case 'skip':
      return [element('skipped', { message })];
    case 'warn':
      return [element('system-out', {}, [xml(`WARN ${detailsOf(result)}`)])];
    case 'fail':
      return [element('failure', { message, type: status }, [xml(detailsOf(result))])];
    case 'blocked':
    case 'error':
      return [element('error', { message, type: status }, [xml(detailsOf(result))])];
  }
}

function messageOf(result: CheckResult): string {
  if (result.reason !== undefined) return result.reason;
  return brokenFacts(result)
    .map(
      ({ slug, expected, actual }) => `${slug}: promised ${valueText(expected, 100)}, came ${valueText(actual, 100)}`,
    )
    .join('; ');
}

function detailsOf(result: CheckResult): string {
  const facts = brokenFacts(result).map(
    ({ slug, expected, actual, note }) =>
      `${slug}: promised ${valueText(expected)}\n${' '.repeat(slug.length)}  came     ${valueText(actual)}${note === undefined ? '' : `\n${note}`}`,
  );
  const lines = [...(result.reason === undefined ? [] : [result.reason]), ...facts, `remedy: ${remedyOf(result)}`];
  return [...lines, ...(result.stack === undefined ? [] : [result.stack])].join('\n');
}

function countsOf(results: readonly CheckResult[]): Attributes {
  return {
    tests: results.length,
    failures: count(results, 'fail'),
    errors: count(results, 'error') + count(results, 'blocked'),
    skipped: count(results, 'skip'),
  };
}

function count(results: readonly CheckResult[], status: Status): number {
  return results.filter((result) => result.status === status).length;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Children are XML already. */
function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${xml(oneLine(String(value)))}"`);
  const start = `<${name}${pairs.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML 1.0 allows it: without the characters it forbids even as references. */
function xml(text: string): string {
  return sanitise(text)
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/[&<>"]/g, (found) => ENTITIES[found] ?? '');
}
