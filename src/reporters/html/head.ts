import type { Report } from '../../model/report.ts';
import { OUTCOME_WORDS, summaryText, targetText } from '../status.ts';
import { html, type Child, type Markup } from './markup.ts';
import { duration } from './words.ts';

/** What was checked, by what promise, and what it came to. */
export function headMarkup(report: Report): Markup {
  return html`<header>
    <p class="brand">emcp report</p>
    <h1 class="${report.outcome}">${OUTCOME_WORDS[report.outcome]}</h1>
    <p class="counts">${summaryText(report)}</p>
    ${targetMarkup(report)} ${cautions(report).map((caution) => html`<p class="caution">${caution}</p>`)}
    <dl class="facts">
      ${factsOf(report).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

/** First and last on the page, so that nobody takes the embedded server for an installation. */
export function targetMarkup(report: Report): Markup {
  return html`<p class="target ${report.target.kind}">Target: <strong>${targetText(report)}</strong></p>`;
}

function cautions({ target, run }: Report): readonly string[] {
  return [
    ...(target.insecure
      ? ['TLS certificates were not verified: anybody in between could have given these answers.']
      : []),
    ...(target.production ? ['The target is marked as production.'] : []),
    ...(run.strict ? ['Strict: a warning, or something missing, counts as a failure.'] : []),
    ...(run.interrupted === null ? [] : [`Interrupted by ${run.interrupted}: this is what was seen until then.`]),
  ];
}

function factsOf({ run, target, runtime, profile, tool }: Report): readonly (readonly [string, Child])[] {
  const { platform, platformVersion, toolsetVersion } = runtime;
  const seen = [platform, platformVersion, toolsetVersion === null ? null : `toolset ${toolsetVersion}`];
  const parts = seen.filter((part) => part !== null);
  return [
    ['Profile', html`${profile.title} <code>${profile.id}</code>`],
    ['Runtime', parts.length === 0 ? 'not seen' : parts.join(' ')],
    ['Servers', target.servers.join(', ')],
    [
      'Started',
      html`<time datetime="${run.startedAt}">${run.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`,
    ],
    ['Took', duration(run.durationMs)],
    ['Seed', html`<code>${run.seed}</code>`],
    ['emcp', `${tool.version} on Node ${tool.node}`],
  ];
}
