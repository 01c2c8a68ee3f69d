import { STATUSES } from '../status.ts';

// Statuses can be switched off without a script.
const SWITCHES = STATUSES.map(
  (status) => `body:has(#show-${status}:not(:checked)) .check[data-status=${status}] { display: none; }`,
).join('\n');

/** One sheet for light, dark and paper. Colours have a contrast of 4.5 and more on both grounds. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --sheet: #ffffff; --ink: #1d232b; --soft: #56606c; --line: #d9dcd7; --sunken: #f1f2ee;
  --accent: #1f5fa8; --fail: #b42318; --error: #8a1c77; --blocked: #94490a; --warn: #735600; --skip: #56606c; --pass: #1c6b40;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #13161a; --sheet: #1b1f25; --ink: #e7eaee; --soft: #a3adb9; --line: #333a44; --sunken: #14181d;
    --accent: #8bbcf5; --fail: #ff9a90; --error: #eda4e2; --blocked: #ffb784; --warn: #efcf6e; --skip: #a3adb9; --pass: #83d3a4;
  }
}
* { box-sizing: border-box; min-width: 0; }
body { margin: 0; overflow-wrap: anywhere; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-top: 1rem; padding-bottom: 3rem; }
h1, h2, h3, h4 { line-height: 1.2; margin: 0; }
h1 { font-size: 2.75rem; letter-spacing: -0.02em; }
h2 { font-size: 1.35rem; margin: 3rem 0 1rem; }
h3 { font-size: 1rem; display: flex; gap: 0.75rem; align-items: baseline; flex-wrap: wrap; margin: 1.75rem 0 0.5rem; }
h3 .tally { color: var(--soft); font-weight: 400; font-size: 0.875rem; }
h4 { font-size: 0.875rem; margin: 1rem 0 0.35rem; }
a { color: var(--accent); }
code, pre { font-family: var(--mono); font-size: 0.86em; }
pre { margin: 0; padding: 0.75rem 1rem; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
[hidden] { display: none !important; }
.skip-link { position: absolute; left: -100vw; top: 0; background: var(--sheet); padding: 0.5rem 1rem; z-index: 1; }
.skip-link:focus { left: 0; }
.brand { margin: 0 0 0.75rem; font: 600 0.8rem/1 var(--mono); letter-spacing: 0.04em; color: var(--soft); }
h1.ok { color: var(--pass); } h1.failed { color: var(--fail); } h1.blocked { color: var(--blocked); }
h1.bug { color: var(--error); } h1.interrupted { color: var(--warn); }
.counts { font-size: 1.15rem; margin: 0.35rem 0 1.25rem; }
.target { margin: 0; padding: 0.7rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
.target.embedded { border-style: dashed; border-color: var(--soft); }
.caution { margin: 0.5rem 0 0; padding: 0.7rem 1rem; border: 2px solid var(--warn); border-radius: 6px; background: var(--sheet); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.9rem 1.5rem; margin: 1.25rem 0 0; }
.facts dt { font-size: 0.8rem; color: var(--soft); }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; min-width: 5.6rem; text-align: center; padding: 0.1rem 0.5rem; border: 1.5px solid currentColor; border-radius: 99px; font-size: 0.8rem; font-weight: 600; white-space: nowrap; }
.fail > summary .badge, .badge.fail { color: var(--fail); } .badge.error { color: var(--error); } .badge.blocked { color: var(--blocked); }
.badge.warn { color: var(--warn); } .badge.skip { color: var(--skip); } .badge.pass { color: var(--pass); }
.attention { list-style: none; margin: 0; padding: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; }
.attention li { display: grid; grid-template-columns: auto 1fr; gap: 0.15rem 0.9rem; padding: 0.75rem 1rem; align-items: baseline; }
.attention li + li { border-top: 1px solid var(--line); }
.attention .gist { grid-column: 2; margin: 0; color: var(--soft); font-size: 0.9rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19.5rem), 1fr)); gap: 1rem; }
figure { margin: 0; padding: 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; break-inside: avoid; }
figure h3 { margin: 0; }
figcaption { font-size: 0.875rem; color: var(--soft); margin-top: 0.5rem; }
svg { display: block; width: 100%; height: auto; margin-top: 0.75rem; }
svg text { fill: var(--soft); font: 11px system-ui, 'DejaVu Sans', sans-serif; font-variant-numeric: tabular-nums; }
svg .label { fill: var(--ink); }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .limit { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
svg .trace { fill: none; stroke: var(--accent); stroke-width: 2; }
svg .through { fill: var(--accent); }
svg .refused { stroke: var(--fail); stroke-width: 2; }
svg .beyond { fill: var(--sheet); stroke: var(--fail); stroke-width: 2; }
svg .bar { fill: var(--accent); }
.filters { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: center; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; min-width: 0; }
legend { float: left; padding: 0; margin-right: 0.5rem; }
.chip { display: inline-flex; gap: 0.4rem; align-items: center; padding: 0.3rem 0.65rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
.chip input { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--accent); }
.chip .badge { border: 0; min-width: 0; padding: 0; }
.chip .number { font-variant-numeric: tabular-nums; }
.search input { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--soft); border-radius: 6px; padding: 0.3rem 0.6rem; width: 13rem; }
#shown { margin: 0; color: var(--soft); font-size: 0.875rem; }
.section .list { background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; }
.check + .check { border-top: 1px solid var(--line); }
.check > summary { display: grid; grid-template-columns: auto 1fr auto auto; gap: 0.9rem; align-items: baseline; padding: 0.6rem 1rem; cursor: pointer; list-style: none; }
.check > summary::-webkit-details-marker { display: none; }
.check > summary::after { content: '+'; color: var(--soft); font: 1rem/1 var(--mono); }
.check[open] > summary::after { content: '−'; }
.check > summary:hover { background: var(--sunken); }
.check .id { color: var(--soft); display: block; }
.check .time { color: var(--soft); font-size: 0.875rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.check .body { padding: 0.25rem 1rem 1.25rem; margin-left: 6.5rem; }
.check .body p { margin: 0.5rem 0; }
.reason { display: block; color: var(--soft); font-size: 0.9rem; }
.broken { border-left: 4px solid var(--fail); padding-left: 0.9rem; margin: 0.75rem 0; }
.warn .broken { border-color: var(--warn); }
.broken h4 { margin-top: 0; }
.broken dl { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem 1rem; margin: 0; }
.broken dt { font-size: 0.8rem; color: var(--soft); }
.broken dd { margin: 0; }
.value { white-space: pre-wrap; }
.held, .cites, .proves { color: var(--soft); font-size: 0.9rem; }
.remedy { padding: 0.6rem 0.9rem; background: var(--sunken); border-radius: 6px; }
.exchange { margin-top: 0.6rem; }
.exchange summary { cursor: pointer; font-size: 0.9rem; }
.exchange .url { font-family: var(--mono); font-size: 0.86em; }
button { font: inherit; font-size: 0.875rem; margin-top: 0.4rem; padding: 0.2rem 0.8rem; color: inherit; background: var(--sheet); border: 1px solid var(--soft); border-radius: 6px; cursor: pointer; }
@media (max-width: 40rem) {
  body { font-size: 15px; }
  header, main, footer { padding-left: 0.9rem; padding-right: 0.9rem; }
  h1 { font-size: 2.1rem; }
  .facts { grid-template-columns: 1fr 1fr; }
  .check > summary { grid-template-columns: 1fr auto auto; gap: 0.35rem 0.6rem; padding: 0.7rem 0.8rem; }
  .check .name { grid-column: 1 / -1; grid-row: 2; }
  .check .badge { justify-self: start; }
  .check .body { margin-left: 0; padding: 0 0.8rem 1rem; }
  .attention li { grid-template-columns: 1fr; padding: 0.7rem 0.8rem; }
  .attention .badge { justify-self: start; }
  .attention .gist { grid-column: 1; }
  .broken dl { grid-template-columns: 1fr; }
  .search, .search input { width: 100%; }
}
@media print {
  :root { --ground: #ffffff; --sunken: #ffffff; color-scheme: light; }
  body { font-size: 10pt; }
  .filters, .skip-link, button { display: none; }
  .check > summary::after { content: none; }
  .check, .attention li, .broken { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
${SWITCHES}
`;
