import type { Redactor } from '../model/redaction.ts';

/** Shorter words would take half of every text with them. */
const SHORTEST_SECRET = 4;
/** A part of a secret this long, from its beginning, is as good as the secret. */
const TELLING_PREFIX = 12;

// A JWT or the beginning of one, plain and in base64; `Bearer x`, `Basic x`; session cookies; passwords in JSON or forms.
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/eyJ[A-Za-z0-9_-]{8,}(?:(?:\.|%2E)[A-Za-z0-9_-]*){0,2}/g, '(token)'],
  [/ZXlK[A-Za-z0-9+/_-]{8,}={0,2}/g, '(token)'],
  [/\b(Bearer|Basic)\s+(?!\()[A-Za-z0-9._~+/=-]{6,}/gi, '$1 (credential)'],
  [/\b([A-Za-z_]*sess(?:ion|id)[A-Za-z_]*|PHPSESSID)=(?!\()[^;\s"&]{8,}/gi, '$1=(session)'],
  [/("(?:password|passwd|secret|jwt|api_key|access_token|refresh_token)"\s*:\s*")(?:[^"\\]|\\.)+/gi, '$1(secret)'],
  [
    /(\\"(?:password|passwd|secret|jwt|api_key|access_token|refresh_token)\\"\s*:\s*\\")(?:[^"\\]|\\[^"])+/gi,
    '$1(secret)',
  ],
  [/\b((?:password|passwd|secret|api_key|access_token|refresh_token)=)[^&\s"]+/gi, '$1(secret)'],
];

const SECRET_KEYS =
  /^(?:password|passwd|secret|jwt|api_key|authorization|cookie|set-cookie|access_token|refresh_token)$/i;

/** Knows secrets by value, in the encodings a target may echo them in, and by the forms secrets have. */
export function createRedactor(): Redactor {
  const known: { readonly pattern: RegExp; readonly label: string }[] = [];
  const learned = new Set<string>();
  const text = (value: string): string => {
    let clean = value;
    for (const { pattern, label } of known) clean = clean.replace(pattern, label);
    for (const [pattern, label] of PATTERNS) clean = clean.replace(pattern, label);
    return clean;
  };
  return {
    text,
    learn(secret, label) {
      if (secret.length < SHORTEST_SECRET || learned.has(secret)) return;
      learned.add(secret);
      known.push(...patternsFor(secret).map((pattern) => ({ pattern, label: `(${label})` })));
    },
    json: (value) => redactJson(value, text),
  };
}

function redactJson<Value>(value: Value, text: (value: string) => string): Value {
  const walk = (node: unknown, key: string): unknown => {
    if (typeof node === 'string') return SECRET_KEYS.test(key) && !node.includes('(') ? '(secret)' : text(node);
    if (Array.isArray(node)) return node.map((item) => walk(item, key));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, inner]) => [text(name), walk(inner, name)]));
  };
  return walk(value, '') as Value;
}

function patternsFor(secret: string): RegExp[] {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const wholes = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    base64,
    bytes.toString('base64url'),
  ];
  const patterns = [...new Set(wholes)].map((whole) => new RegExp(escapePattern(whole), 'g'));
  if (secret.length < TELLING_PREFIX) return patterns;
  const prefixes = new Set(wholes.map((whole) => whole.slice(0, TELLING_PREFIX)));
  return [
    ...patterns,
    ...[...prefixes].map((prefix) => new RegExp(`${escapePattern(prefix)}[A-Za-z0-9+/=_.~%-]*`, 'g')),
  ];
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
