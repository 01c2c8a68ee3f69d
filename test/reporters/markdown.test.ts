import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/reporters/markdown.ts';
import { codeBlock, codeSpan, plain } from '../../src/reporters/markdown-text.ts';
import { oneLine } from '../../src/reporters/sanitise.ts';
import { anyReport, anyText } from '../support/arbitrary-report.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&#124;': '|',
  '&#64;': '@',
  '&quot;': '"',
  '&#39;': "'",
};

describe('the Markdown report', () => {
  it('holds no link, image or HTML but its own code, whatever the target said', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const tokens = flat(marked.lexer(renderMarkdown(report)));
        expect(tokens.filter(({ type }) => type === 'link' || type === 'image')).toEqual([]);
        const html = tokens.filter(({ type }) => type === 'html').map(({ raw }) => raw);
        expect(html.filter((raw) => raw !== '<code>' && raw !== '</code>')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('has one row for every check, and the headings of its own only', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const blocks = marked.lexer(renderMarkdown(report));
        const tables = blocks.filter((token): token is Tokens.Table => token.type === 'table');
        const rows = tables.slice(1).flatMap((table) => table.rows);
        expect(rows).toHaveLength(report.results.length);
        const { fail, error, blocked, warn } = report.totals;
        const sections = new Set(report.results.map(({ check }) => check.section)).size;
        const red = fail + error + blocked + warn;
        expect(blocks.filter(({ type }) => type === 'heading')).toHaveLength(2 + sections + red + Math.min(1, red));
      }),
      { numRuns: 60 },
    );
  });

  it('means only itself in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(textOf(`x ${plain(text)} x`)).toBe(oneLine(`x ${text} x`));
        expect(textOf(codeSpan(`x ${text} x`))).toBe(`<code>${oneLine(`x ${text} x`)}</code>`);
        expect(marked.lexer(codeBlock(text, 'sh'))).toHaveLength(1);
      }),
    );
  });
});

function flat(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  void marked.walkTokens([...tokens], (token) => {
    found.push(token);
  });
  return found;
}

/** What a reader sees of one paragraph. */
function textOf(markdown: string): string {
  const html = marked.parseInline(markdown, { async: false });
  return html
    .replaceAll(/&(?:lt|gt|#124|#64|quot|#39);/g, (entity) => ENTITIES[entity] ?? '')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
