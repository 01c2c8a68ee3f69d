const ESC = '\u001B';
const STRING_STARTS = '\u0090\u0098\u009D-\u009F';
const STRING_END = `(?:\u0007|\u009C|${ESC}\\\\)`;

/** Escape sequences as a whole; one that never ends is its introducer alone, so that it cannot hide what follows. */
export const SEQUENCES = new RegExp(
  [
    `(?:${ESC}\\[|\u009B)[0-?]*[ -/]*[@-~]`,
    // What begins another string ends the search, so that a million beginnings are looked at once each.
    `(?:${ESC}[\\]PX^_]|[${STRING_STARTS}])[^\u0007\u009C${ESC}\\n${STRING_STARTS}]*${STRING_END}`,
    `${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'gu',
);
/** Line ends of every kind but the line feed itself. */
export const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g;
/** Control characters but tab, line feed and other line ends; format characters: bidi, zero-width, tags; what has no look. */
export const INVISIBLE = /[^\P{Cc}\n\t\r\u0085]|[\p{Cf}\p{DI}]/gu;
