import { oneLine, sanitise } from './sanitise.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  '@': '&#64;',
};

/** One line that means only itself: no emphasis, link, image, table cell, HTML or mathematics. */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_{}[\]~$#]/g, String.raw`\$&`)
    .replaceAll(/[&<>|@]/g, (found) => ENTITIES[found] ?? '')
    .replaceAll(/:(?=\/\/)|(?<=www)\./gi, String.raw`\$&`);
}

/** Code in a line; in HTML, as a code span of Markdown cannot hold every text inside a table. */
export function codeSpan(text: string): string {
  return `<code>${plain(text)}</code>`;
}

/** A block whose fence is longer than any in its text. */
export function codeBlock(text: string, language: string): string {
  const clean = sanitise(text);
  const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${clean}\n${fence}`;
}
