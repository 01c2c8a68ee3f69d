import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, Markup } from '../../../src/reporters/html/markup.ts';
import { renderHtml } from '../../../src/reporters/html.ts';
import { anyReport, anyText } from '../../support/arbitrary-report.ts';
import { sampleReport } from '../../support/sample-report.ts';

describe('html', () => {
  it('lets no text become markup, in an element or in an attribute', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: made } = html`<p title="${text}">${text}</p>`;
        expect(made).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/s);
      }),
    );
  });

  it('takes markup as it is, lists in order and nothing for what is not there', () => {
    expect(html`<b>${[html`<i>1</i>`, 2, undefined]}</b>${new Markup('<hr>')}`.text).toBe('<b><i>1</i>2</b><hr>');
  });
});

describe('the page', () => {
  it('is the same for the same report', () => {
    expect(renderHtml(sampleReport())).toBe(renderHtml(sampleReport()));
  });

  it('names the target first and last', () => {
    const report = sampleReport();
    const [first, ...rest] = renderHtml(report)
      .split(/<p class="target/)
      .slice(1);
    expect(first).toContain(report.target.label);
    expect(rest).toHaveLength(1);
    expect(rest[0]).toContain(report.target.label);
  });

  it('has one entry for every check, whatever the target said', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect([...renderHtml(report).matchAll(/<details\s+class="check /g)]).toHaveLength(report.results.length);
      }),
      { numRuns: 30 },
    );
  });

  it('brings the failure, the way to ask again and the exchange together', () => {
    const page = renderHtml(sampleReport());
    expect(page).toContain('$EMCP_API_TOKEN');
    expect(page).toContain('x-echo: plain');
    expect(page).toContain('4 requests were let through');
  });

  it('gives no command for a server that was gone with the run', () => {
    const report = sampleReport();
    expect(renderHtml({ ...report, target: { ...report.target, kind: 'embedded' } })).not.toContain('$EMCP_API_TOKEN');
  });
});
