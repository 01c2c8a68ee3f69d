import { mayReadOtherwise, viewsOf, type Range, type View } from './decoded-view.ts';

/** A part of a secret this long, from its beginning, is as good as the secret. */
const TELLING = 12;
/** The same with its own escapes read, which makes it shorter. */
const TELLING_READ = 6;
/** Shorter pieces of base64 are in half of all texts. */
const SHORTEST_BASE64 = 5;

interface Spelling {
  readonly text: string;
  readonly beginning: string;
  readonly label: string;
  /** Base64 stands in its two alphabets, and ends in a character that what follows has a part in. */
  readonly base64: boolean;
}

export interface Found extends Range {
  readonly label: string;
}

export interface KnownSecrets {
  learn(secret: string, label: string): void;
  /** Quickly, and `false` only where none of them stands in any view of the text. */
  mayStandIn(text: string): boolean;
  /** Where they stand in the view, whole or from their telling beginning; in the order they were learned. */
  find(view: View): readonly Found[];
}

/** Values that are secrets. What begins alike is looked for once, so that a thousand tokens cost as much as one. */
export function createKnownSecrets(): KnownSecrets {
  const plain = new Map<string, Spelling[]>();
  const encoded = new Map<string, Spelling[]>();
  return {
    learn(secret, label) {
      for (const [text, telling] of plainForms(secret)) {
        add(plain, { text, beginning: beginningOf(text, telling), label, base64: false });
      }
      for (const text of base64Forms(secret)) {
        add(encoded, { text, beginning: beginningOf(text, TELLING), label, base64: true });
      }
    },
    mayStandIn(text) {
      const begins = (known: ReadonlyMap<string, unknown>, where: string): boolean =>
        [...known.keys()].some((beginning) => where.includes(beginning));
      return mayReadOtherwise(text) || begins(plain, text) || begins(encoded, inOneAlphabet(text));
    },
    find({ text }) {
      return [...findAll(text, plain), ...findAll(inOneAlphabet(text), encoded)];
    },
  };
}

function inOneAlphabet(base64: string): string {
  return /[-_]/.test(base64) ? base64.replaceAll('-', '+').replaceAll('_', '/') : base64;
}

function add(byBeginning: Map<string, Spelling[]>, spelling: Spelling): void {
  byBeginning.set(spelling.beginning, [...(byBeginning.get(spelling.beginning) ?? []), spelling]);
}

/** Whole characters. */
function beginningOf(text: string, length: number): string {
  return Array.from(text.slice(0, 2 * length))
    .slice(0, length)
    .join('');
}

function findAll(text: string, byBeginning: ReadonlyMap<string, readonly Spelling[]>): readonly Found[] {
  const found: Found[] = [];
  for (const [beginning, spellings] of byBeginning) {
    if (beginning.length > text.length) continue;
    for (let start = text.indexOf(beginning); start !== -1; start = text.indexOf(beginning, found.at(-1)?.end)) {
      const matches = spellings.map((spelling) => ({ spelling, length: commonLength(text, start, spelling) }));
      const longest = matches.reduce((one, other) => (other.length > one.length ? other : one));
      found.push({ start, end: start + longest.length, label: longest.spelling.label });
    }
  }
  return found;
}

function commonLength(text: string, start: number, { text: secret, base64 }: Spelling): number {
  let length = 0;
  while (length < secret.length && text[start + length] === secret[length]) length += 1;
  const hasShared = base64 && length === secret.length && /[A-Za-z\d+/]/.test(text[start + length] ?? '');
  return hasShared ? length + 1 : length;
}

/**
 * As it is, as headers are read (one character a byte), with each layer of what looks like escapes in it read, as a form
 * sends its spaces, and without them.
 */
function plainForms(secret: string): ReadonlyMap<string, number> {
  const forms = viewsOf(secret).flatMap(({ text }) => [text, text.replaceAll(' ', '+'), text.replaceAll(/\s+/g, '')]);
  const read = forms.filter(({ length }) => length >= TELLING_READ);
  const asLatin1 = Buffer.from(secret).toString('latin1');
  return new Map([
    ...read.map((text): [string, number] => [text, TELLING_READ]),
    [asLatin1, TELLING],
    [secret, TELLING],
  ]);
}

/** With none, one or two bytes before it in its group of three; without what depends on the bytes around it. */
function base64Forms(secret: string): readonly string[] {
  const forms = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret, 'utf8')]);
    const chars = bytes.toString('base64').replace(/=+$/, '');
    const own = chars.slice(before === 0 ? 0 : before + 1);
    return bytes.length % 3 === 0 ? own : own.slice(0, -1);
  });
  return forms.filter(({ length }) => length >= SHORTEST_BASE64);
}
