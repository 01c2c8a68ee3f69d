import type { Fact, Observation } from '../../model/observation.ts';
import type { CheckResult } from '../../model/report.ts';
import { remedyOf, type Finding } from '../findings.ts';
import { isObject, type Json } from '../../model/json.ts';
import { jsonText, valueText } from '../json-text.ts';
import { cutText } from '../sanitise.ts';
import { exchangeMarkup } from './exchange.ts';
import { html, type Markup } from './markup.ts';
import { anchor, badge, duration, prose } from './words.ts';

const MOST_EXCHANGES = 5;
const LONGEST_VALUE = 2000;

/** One check: its verdict in a line, and below it why. What needs attention is open. */
export function checkMarkup(result: CheckResult, finding: Finding | undefined): Markup {
  const { check, status } = result;
  const reason = result.reason === undefined ? undefined : html` <span class="reason">${result.reason}</span>`;
  return html`<details
    class="check ${status}"
    id="${anchor(check.id)}"
    data-status="${status}"
    ${finding ? html` open` : ''}
  >
    <summary>
      ${badge(status)}
      <span class="name">${prose(check.title)} <code class="id">${check.id}</code>${reason}</span>
      <span class="time">${status === 'skip' ? '' : duration(result.durationMs)}</span>
    </summary>
    <div class="body">
      ${result.observations.map(observationMarkup)}
      <p class="proves">${prose(check.proves)}</p>
      ${finding === undefined ? '' : findingMarkup(finding)}
      <p class="cites">Runbook ${check.section} · ${check.severity} · ${check.impact} · ${check.cites.join(', ')}</p>
    </div>
  </details>`;
}

function observationMarkup(seen: Observation): Markup {
  switch (seen.kind) {
    case 'fact':
      return seen.held ? heldMarkup(seen) : brokenMarkup(seen);
    case 'not-applicable':
      return html`<p>Does not apply: ${seen.reason}</p>`;
    case 'inconclusive':
      return html`<p>Inconclusive: ${seen.reason}</p>`;
  }
}

function heldMarkup({ slug, actual }: Fact): Markup {
  return html`<p class="held">Held: <code>${slug}</code> <code class="value">${valueText(actual, 200)}</code></p>`;
}

function brokenMarkup({ slug, actual, expected, note }: Fact): Markup {
  return html`<div class="broken">
    <h4>Does not hold: <code>${slug}</code></h4>
    <dl>
      <div>
        <dt>Promised</dt>
        <dd><code class="value">${shown(expected)}</code></dd>
      </div>
      <div>
        <dt>Came</dt>
        <dd><code class="value">${shown(actual)}</code></dd>
      </div>
    </dl>
    ${note === undefined ? '' : html`<p>${note}</p>`}
  </div>`;
}

/** Objects are compared line by line. */
function shown(value: Json): string {
  return isObject(value) ? cutText(jsonText(value, 2), LONGEST_VALUE) : valueText(value, LONGEST_VALUE);
}

function findingMarkup({ result, curl, exchanges }: Finding): Markup {
  const first = exchanges.slice(0, MOST_EXCHANGES);
  return html`<p class="remedy"><strong>What to do:</strong> ${prose(remedyOf(result))}</p>
    ${
      curl === undefined
        ? ''
        : html`<h4>Ask again</h4>
            <pre class="curl">${[...curl.notes.map((note) => `# ${note}`), curl.block].join('\n')}</pre>`
    }
    ${first.map(exchangeMarkup)}
    ${exchanges.length > first.length ? html`<p>${exchanges.length - first.length} more exchanges are in the journal of the report.</p>` : ''}
    ${
      result.stack === undefined
        ? ''
        : html`<h4>Stack</h4>
            <pre>${result.stack}</pre>`
    }`;
}
