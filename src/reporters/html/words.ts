import { html, type Child, type Markup } from './markup.ts';
import type { Status } from '../../model/verdict.ts';

const GLYPHS: Readonly<Record<Status, string>> = {
  fail: '✕',
  error: '!',
  blocked: '⊘',
  warn: '▲',
  skip: '–',
  pass: '✓',
};

/** A status by word, shape and colour at once. */
export function badge(status: Status): Markup {
  return html`<span class="badge ${status}"><span aria-hidden="true">${GLYPHS[status]}</span> ${status}</span>`;
}

export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** A sentence of ours: what stands between backticks is code. */
export function prose(text: string): readonly Child[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** Where a check is on the page. */
export function anchor(check: string): string {
  return `check-${check.replaceAll(/[^\w-]+/g, '-')}`;
}
