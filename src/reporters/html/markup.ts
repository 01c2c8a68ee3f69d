import { sanitise } from '../sanitise.ts';

/** Text that is HTML already. Nothing a target said becomes one except through `html`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Markup | string | number | undefined | readonly Child[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Everything put in is escaped, for text and for quoted attributes, unless it is markup. */
export function html(strings: TemplateStringsArray, ...children: readonly Child[]): Markup {
  return new Markup(strings.reduce((text, string, index) => `${text}${textOf(children[index - 1])}${string}`));
}

function textOf(child: Child): string {
  if (child === undefined) return '';
  if (child instanceof Markup) return child.text;
  if (typeof child === 'object') return child.map(textOf).join('');
  return sanitise(String(child)).replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? '');
}
