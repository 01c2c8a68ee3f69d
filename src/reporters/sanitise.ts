const ESC = '\u001B';
const STRING_STARTS = '\u0090\u0098\u009D-\u009F';
const STRING_END = `(?:\u0007|\u009C|${ESC}\\\\)`;

// Escape sequences go as a whole; one that never ends loses only its introducer, so that it cannot hide what follows.
const SEQUENCES = new RegExp(
  [
    `(?:${ESC}\\[|\u009B)[0-?]*[ -/]*[@-~]`,
    // What begins another string ends the search, so that a million beginnings are looked at once each.
    `(?:${ESC}[\\]PX^_]|[${STRING_STARTS}])[^\u0007\u009C${ESC}\\n${STRING_STARTS}]*${STRING_END}`,
    `${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g;
/** Control characters but tab and line feed; format characters: bidi, zero-width, tags. */
const INVISIBLE = /[^\P{Cc}\n\t]|\p{Cf}/gu;
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
