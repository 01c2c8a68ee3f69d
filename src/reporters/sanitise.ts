import { INVISIBLE, LINE_ENDS, SEQUENCES } from '../model/unprintable.ts';

const LONE_SURROGATES = /\p{Cs}/gu;

/** Text that can do nothing to a terminal, a reader's eyes or a parser; lines and tabs stay. */
export function sanitise(text: string): string {
  return text.replace(SEQUENCES, '').replace(LINE_ENDS, '\n').replace(INVISIBLE, '').replace(LONE_SURROGATES, '\uFFFD');
}

/** The same in one line, cut after `longest` characters where that is given. */
export function oneLine(text: string, longest = Infinity): string {
  return cutText(sanitise(text).replaceAll(/\s+/g, ' ').trim(), longest);
}

/** Never cuts a character in two. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
