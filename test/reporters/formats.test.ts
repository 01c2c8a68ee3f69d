import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { marked, type Tokens } from 'marked';
import { expect, it } from 'vitest';
import { totalsOf, type CheckResult, type Report, type Totals } from '../../src/model/report.ts';
import type { Status } from '../../src/model/verdict.ts';
import { renderGithub } from '../../src/reporters/github.ts';
import { renderHtml } from '../../src/reporters/html.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { renderJunit } from '../../src/reporters/junit.ts';
import { renderMarkdown } from '../../src/reporters/markdown.ts';
import { renderNdjson } from '../../src/reporters/ndjson.ts';
import { renderTerminal } from '../../src/reporters/terminal.ts';
import { anyReport } from '../support/arbitrary-report.ts';

/** How many checks of each status a reader of that format finds. */
const READERS: Readonly<Record<string, (report: Report) => Totals>> = {
  json: (report) => totalsOf((JSON.parse(renderJson(report)) as Report).results),
  ndjson: (report) => count(eventsOf(renderNdjson(report)).flatMap(({ status }) => status ?? [])),
  junit: (report) => count(casesOf(renderJunit(report))),
  markdown: (report) => count(rowsOf(renderMarkdown(report))),
  html: (report) => count([...renderHtml(report).matchAll(/data-status="(\w+)"/g)].map(([, status]) => status)),
  github: (report) => {
    const output = renderGithub(report);
    const told = [...output.matchAll(/^::(?:error|warning) title=(\w+) /gm)].map(([, status]) => status);
    const rest = { pass: spoken(output, 'passed'), skip: spoken(output, 'skipped') };
    return { ...count(told), ...rest };
  },
  terminal: (report) => {
    const text = renderTerminal(report, { color: false, width: 80, verbose: false, quiet: false });
    const last = text.split('\n').findLast((line) => / in \d+\.\d s:$/.test(line)) ?? '';
    const counts = [...last.matchAll(/(\d+) (\w+)(?=,| in)/g)].flatMap(([, number, status]) =>
      Array.from({ length: Number(number) }, () => status),
    );
    return count(counts);
  },
};

it.each(Object.entries(READERS))('%s tells the same number of checks of each status as the report', (_name, read) => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(read(report)).toEqual(report.totals);
    }),
    { numRuns: 40 },
  );
});

it('the terminal is given nothing but printable text, whatever the target said', () => {
  fc.assert(
    fc.property(anyReport, fc.boolean(), (report, quiet) => {
      const text = renderTerminal(report, { color: false, width: 80, verbose: true, quiet });
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 40 },
  );
});

function count(statuses: readonly unknown[]): Totals {
  return totalsOf(statuses.map((status) => ({ status: status as Status }) as CheckResult));
}

function eventsOf(output: string): readonly { readonly status?: Status }[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly status?: Status });
}

/** A case is what its first child that is a verdict says. */
function casesOf(xml: string): readonly string[] {
  const cases: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'testcase') cases.push('pass');
    if (name === 'failure' || name === 'error') cases[cases.length - 1] = attributes['type'] ?? '';
    if (name === 'skipped') cases[cases.length - 1] = 'skip';
    if (name === 'system-out') cases[cases.length - 1] = 'warn';
  });
  parser.write(xml).close();
  return cases;
}

function rowsOf(markdown: string): readonly string[] {
  const [, ...tables] = marked.lexer(markdown).filter((token): token is Tokens.Table => token.type === 'table');
  return tables.flatMap(({ rows }) => rows.map(([first]) => first?.text ?? ''));
}

function spoken(output: string, word: string): number {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  return Number(new RegExp(`(?:::|, )(\\d+) ${word}[,.]`).exec(last)?.[1] ?? 0);
}
