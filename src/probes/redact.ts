import type { Redactor } from '../model/redaction.ts';
import { spellingsOf } from './secret-spellings.ts';

/** Shorter words would take half of every text with them. */
const SHORTEST_SECRET = 4;

/** What is remembered once it was looked through: texts up to this length, and so many of them. */
const SHORT_TEXT = 120;
const MOST_SEEN = 4_000;

const SECRET_NAMES =
  'password|passwd|secret|client_secret|jwt|api_key|token|_token|csrf_token|access_token|refresh_token|authorization|cookie|set-cookie|x-csrf-token';

// A JWT or the beginning of one, plain and in base64; `Bearer x`, `Basic x`; session cookies; passwords in JSON or forms.
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/eyJ[A-Za-z0-9_-]{8,}(?:(?:\.|%2[eE])[A-Za-z0-9_-]*){0,2}/g, '(token)'],
  [/ZXlK[A-Za-z0-9+/_-]{8,}={0,2}/g, '(token)'],
  [/\b(Bearer|Basic)\s+(?!\()[A-Za-z0-9._~+/=|-]{6,}/gi, '$1 (credential)'],
  [/\b([A-Za-z_]*sess(?:ion|id)[A-Za-z_]*|PHPSESSID)=(?!\()[^;\s"&]{8,}/gi, '$1=(session)'],
  [new RegExp(String.raw`("(?:${SECRET_NAMES})"\s*:\s*")(?:[^"\\]|\\.)+`, 'gi'), '$1(secret)'],
  [new RegExp(String.raw`(\\"(?:${SECRET_NAMES})\\"\s*:\s*\\")(?:[^"\\]|\\[^"])+`, 'gi'), '$1(secret)'],
  [/\b((?:password|passwd|secret|api_key|access_token|refresh_token)=)[^&\s"]+/gi, '$1(secret)'],
];

const SECRET_KEYS = new RegExp(`^(?:${SECRET_NAMES})$`, 'i');

/** Knows secrets by value, in the encodings a target may echo them in, and by the forms secrets have. */
export function createRedactor(): Redactor {
  const known: { readonly pattern: RegExp; readonly label: string }[] = [];
  const learned = new Set<string>();
  const seen = new Map<string, string>();
  const clean = (value: string): string => {
    let text = value;
    for (const { pattern, label } of known) text = text.replace(pattern, label);
    for (const [pattern, label] of PATTERNS) text = text.replace(pattern, label);
    return text;
  };
  // Header names and values come by the thousand and are mostly the same.
  const text = (value: string): string => {
    if (value.length > SHORT_TEXT) return clean(value);
    const before = seen.get(value);
    if (before !== undefined) return before;
    if (seen.size === MOST_SEEN) seen.clear();
    const after = clean(value);
    seen.set(value, after);
    return after;
  };
  return {
    text,
    learn(secret, label) {
      if (secret.length < SHORTEST_SECRET || learned.has(secret)) return;
      learned.add(secret);
      seen.clear();
      known.push(...spellingsOf(secret).map((pattern) => ({ pattern, label: `(${label})` })));
    },
    json: (value, change = text) => redactJson(value, text, change),
  };
}

type Change = (value: string) => string;

function redactJson<Value>(value: Value, name: Change, text: Change): Value {
  const walk = (node: unknown, key: string): unknown => {
    if (typeof node === 'string') return SECRET_KEYS.test(key) ? '(secret)' : text(node);
    if (Array.isArray(node)) return node.map((item) => walk(item, key));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([inside, inner]) => [name(inside), walk(inner, inside)]));
  };
  return walk(value, '') as Value;
}
