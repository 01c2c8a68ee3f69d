import type { Redactor } from '../model/redaction.ts';
import { viewsOf, type Range, type View } from './decoded-view.ts';
import { createKnownSecrets, type Found } from './known-secrets.ts';

/** Shorter words would take half of every text with them. */
const SHORTEST_SECRET = 4;

/** Nobody reads more of a text; with so much behind a cut, more than the longest spelling of any, a secret before it is whole. */
const LONGEST = 2 * 1024 * 1024;
export const MARGIN = 65_536;

/** What is remembered once it was looked through: texts up to this length, and so many of them. */
const SHORT_TEXT = 120;
const MOST_SEEN = 400;

const SECRET_NAMES =
  'password|passwd|secret|client_secret|jwt|api_key|token|_token|csrf_token|access_token|refresh_token|authorization|cookie|set-cookie|x-csrf-token';

/** Group 1 stays and group 2 goes; bounded, so that each is linear in the size of the text. */
interface Form {
  readonly pattern: RegExp;
  readonly label: string;
}

/** How the header of a JWT begins, by its first key: alg, typ, kid, cty, jku, jwk, x5…, enc, zip, crit, epk, b64. */
const JWT_HEADER = '(?:hbGci|0eXAi|raWQi|jdHki|qa3Ui|qd2si|4N[WX][A-Z]|lbmMi|6aXAi|jcml0|lcGsi|iNjQi)';

// A JWT or the beginning of one, plain and in base64, and no other JSON in base64, such as a cursor; `Bearer x`, `Basic
// x`; session cookies; passwords in JSON or forms.
const FORMS: readonly Form[] = [
  { pattern: new RegExp(String.raw`()(eyJ${JWT_HEADER}[\w-]{3,}(?:\.[\w-]*){0,2})`, 'g'), label: 'token' },
  { pattern: /()((?<![\w-])eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?)/g, label: 'token' },
  { pattern: /()((?:ZXlK|V5S[g-v]|leUp)[A-Za-z\d+/_-]{8,}={0,2})/g, label: 'token' },
  { pattern: /\b((?:Bearer|Basic)[ \t]{1,8})(?!\()([\w.~+/=|-]{6,})/gi, label: 'credential' },
  { pattern: /((?:sess(?:ion|id)[A-Za-z_]{0,40}|PHPSESSID)=)(?!\()([^;\s"&]{8,})/gi, label: 'session' },
  {
    pattern: new RegExp(String.raw`("(?:${SECRET_NAMES})"\s{0,8}:\s{0,8}")((?:[^"\\]|\\.)+)`, 'gi'),
    label: 'secret',
  },
  { pattern: /\b((?:password|passwd|secret|api_key|access_token|refresh_token)=)([^&\s"]+)/gi, label: 'secret' },
];

const SECRET_KEYS = new RegExp(`^(?:${SECRET_NAMES})$`, 'i');

/** What a text came to when so many secrets were known. */
interface Seen {
  readonly after: string;
  readonly learned: number;
}

/** Knows secrets by value, whatever they are escaped in where a target echoes them, and by the forms secrets have. */
export function createRedactor(): Redactor {
  const known = createKnownSecrets();
  const learned = new Set<string>();
  const seen = new Map<string, Seen>();
  const clean = (value: string): string => {
    const found = viewsOf(value).flatMap((view) => secretsIn(view, known.find(view)));
    return found.length === 0 ? value : replaceAll(value, found);
  };
  // Header names and values come by the thousand and are mostly the same.
  const text = (value: string): string => {
    if (value.length > LONGEST) return `${clean(value.slice(0, LONGEST + MARGIN)).slice(0, LONGEST)}…`;
    if (value.length > SHORT_TEXT) return clean(value);
    const before = seen.get(value);
    if (before?.learned === learned.size) return before.after;
    if (seen.size === MOST_SEEN) seen.clear();
    const after = before === undefined || known.mayStandIn(value) ? clean(value) : before.after;
    seen.set(value, { after, learned: learned.size });
    return after;
  };
  return {
    text,
    learn(secret, label) {
      if (secret.length < SHORTEST_SECRET || learned.has(secret)) return;
      learned.add(secret);
      known.learn(secret, label);
    },
    json: (value, change = text) => redactJson(value, { name: text, text: change }, 'any'),
    shaped: (value, change = text) => redactJson(value, { name: text, text: change }, 'ours'),
  };
}

/** Where they stand in the original; what is known by value goes before what is known by its form. */
function secretsIn(view: View, known: readonly Found[]): readonly Found[] {
  const formed = view.lines === 'joined' ? [] : FORMS.flatMap((form) => findForm(view.text, form));
  return [...known, ...formed].map(({ label, ...part }) => ({ label, ...view.origin(part) }));
}

function findForm(text: string, { pattern, label }: Form): readonly Found[] {
  return [...text.matchAll(pattern)].map(({ 0: whole, 1: before = '', index }) => {
    return { start: index + before.length, end: index + whole.length, label };
  });
}

/** What overlaps is one secret, named by what was found first. */
function replaceAll(text: string, found: readonly Found[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, label } of merged(found)) {
    parts.push(text.slice(done, start), `(${label})`);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

function merged(found: readonly Found[]): readonly Found[] {
  const ranked = found.map((one, rank) => ({ ...one, rank })).toSorted((a, b) => a.start - b.start);
  const whole: (Range & { label: string; rank: number })[] = [];
  for (const one of ranked) {
    const last = whole.at(-1);
    if (last === undefined || one.start >= last.end) whole.push(one);
    else {
      const first = one.rank < last.rank ? one : last;
      whole[whole.length - 1] = { ...first, start: last.start, end: Math.max(one.end, last.end) };
    }
  }
  return whole;
}

/** Where a value of our own shape holds what others shaped. */
const OF_ANY_SHAPE = new Set(['headers', 'values', 'settings', 'actual', 'expected']);
/** Where it holds one of a few words of ours. */
const ENUMERATED = new Set(['kind', 'probe', 'ended', 'page', 'read']);
const A_WORD = /^[a-z-]{1,20}$/;
const A_TIME = /(?:Ms|Seconds)$/;

type Change = (value: string, key: string) => unknown;

/** Statuses, sizes and times are smaller; a secret of fewer digits is none. */
const SMALLEST_TELLING = 1e8;

/** A secret of digits is read as a number where a target writes it bare. */
function ofNumber(value: number, change: Change): unknown {
  if (Math.abs(value) < SMALLEST_TELLING) return value;
  const written = String(value);
  const kept = change(written, '');
  return kept === written ? value : kept;
}

interface Changes {
  readonly name: (key: string) => string;
  readonly text: Change;
}

function redactJson<Value>(value: Value, { name, text }: Changes, shape: 'any' | 'ours'): Value {
  const walk = (node: unknown, key: string, isOurs: boolean): unknown => {
    if (typeof node === 'string') {
      if (isOurs && ENUMERATED.has(key) && A_WORD.test(node)) return node;
      return SECRET_KEYS.test(key) ? '(secret)' : text(node, key);
    }
    if (typeof node === 'number') return isOurs && A_TIME.test(key) ? node : ofNumber(node, text);
    if (Array.isArray(node)) return node.map((item) => walk(item, key, isOurs));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([inside, inner]) => {
        const isInnerOurs = isOurs && !OF_ANY_SHAPE.has(inside);
        return [isOurs ? inside : name(inside), walk(inner, inside, isInnerOurs)];
      }),
    );
  };
  return walk(value, '', shape === 'ours') as Value;
}
