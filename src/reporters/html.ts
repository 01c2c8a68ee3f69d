import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { chartsMarkup } from './html/charts.ts';
import { checkMarkup } from './html/check.ts';
import { filtersMarkup } from './html/filters.ts';
import { headMarkup, targetMarkup } from './html/head.ts';
import { html, Markup } from './html/markup.ts';
import { SCRIPT } from './html/script.ts';
import { STYLE } from './html/style.ts';
import { anchor, badge, prose } from './html/words.ts';
import { findingsOf, type Finding } from './findings.ts';
import { valueText } from './json-text.ts';
import { sectionsOf, type Section } from './sections.ts';
import { countsText, OUTCOME_WORDS } from './status.ts';
import { totalsOf } from '../model/report.ts';

// Nothing is loaded and nothing runs but the two texts of this program, whatever a target got into the page.
const POLICY = `default-src 'none'; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'`;

// Built apart: not a blank may come between a tag and the text the policy has the digest of.
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = new Markup(`<script>${SCRIPT}</script>`);

/** The report as one page that needs nothing else. */
export function renderHtml(report: Report): string {
  const findings = findingsOf(report);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>emcp: ${OUTCOME_WORDS[report.outcome]}, ${report.target.label}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip-link" href="#checks">To the checks</a>
        ${headMarkup(report)}
        <main>
          ${attentionMarkup(findings)} ${chartsMarkup(report)}
          <h2 id="checks" tabindex="-1">All checks</h2>
          ${filtersMarkup(report.totals)}
          ${sectionsOf(report.results).map((section) => sectionMarkup(section, findings))} ${excludedMarkup(report)}
        </main>
        <footer>${targetMarkup(report)}</footer>
        ${SCRIPT_ELEMENT}
      </body>
    </html> `;
  return page.text;
}

function attentionMarkup(findings: readonly Finding[]): Markup | undefined {
  if (findings.length === 0) return undefined;
  return html`<h2>Needs attention</h2>
    <ul class="attention">
      ${findings.map(gistMarkup)}
    </ul>`;
}

/** One line that says what is wrong, and the way to the whole of it. */
function gistMarkup({ result, broken: [first] }: Finding): Markup {
  const gist =
    result.reason ??
    (first && `${first.slug}: promised ${valueText(first.expected, 120)}, came ${valueText(first.actual, 120)}`);
  return html`<li>
    ${badge(result.status)} <a href="#${anchor(result.check.id)}">${prose(result.check.title)}</a>
    <p class="gist">${gist ?? ''}</p>
  </li>`;
}

function sectionMarkup({ heading, results }: Section, findings: readonly Finding[]): Markup {
  return html`<section class="section" aria-label="${heading}">
    <h3>${heading} <span class="tally">${countsText(totalsOf(results))}</span></h3>
    <div class="list">
      ${results.map((result) =>
        checkMarkup(
          result,
          findings.find((finding) => finding.result === result),
        ),
      )}
    </div>
  </section>`;
}

function excludedMarkup({ plan, profile }: Report): Markup | undefined {
  const excluded = plan.excluded.filter(({ kind }) => kind === 'profile');
  if (excluded.length === 0) return undefined;
  return html`<h2>Left out by the profile ${profile.id}</h2>
    <ul>
      ${excluded.map(({ check, reason }) => html`<li><code>${check}</code>: ${reason}</li>`)}
    </ul>`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
