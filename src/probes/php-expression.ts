import { className, type Names } from './php-names.ts';
import { isNode, nodes, type PhpNode } from './php-parse.ts';
import { isArray, isTrue, toKey, toNumber, toText, type PhpScalar, type PhpValue } from './php-value.ts';

/** Settings nested deeper than this are nobody's. */
const DEEPEST = 32;

export interface Scope {
  readonly names: Names;
  /** Keys that lead to the expression. */
  readonly path: readonly string[];
  readonly depth: number;
  /** Called with the path of what cannot be read. */
  readonly unreadable: (path: readonly string[]) => void;
}

/** The value of an expression that needs no running program and, unlike `env()`, no environment; otherwise `undefined`. */
export function evaluate(node: unknown, outer: Scope): PhpValue | undefined {
  if (!isNode(node) || outer.depth > DEEPEST) return undefined;
  const scope = { ...outer, depth: outer.depth + 1 };
  const read = READERS[node.kind];
  return Object.hasOwn(READERS, node.kind) ? read?.(node, scope) : undefined;
}

type Reader = (node: PhpNode, scope: Scope) => PhpValue | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  nullkeyword: () => null,
  boolean: ({ value }) => value === true,
  string: ({ value }) => String(value),
  nowdoc: ({ value }) => String(value),
  number: ({ value }) => sane(literalNumber(String(value))),
  encapsed: joined,
  array: array,
  unary: unary,
  bin: binary,
  cast: cast,
  staticlookup: ({ what, offset }, { names }) =>
    isNode(offset) && offset['name'] === 'class' ? className(what, names) : undefined,
};

function literalNumber(text: string): number {
  const digits = text.replaceAll('_', '');
  return /^0\d+$/.test(digits) ? Number(`0o${digits.slice(1)}`) : Number(digits);
}

/** Beyond these PHP and JavaScript count differently. */
function sane(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value;
}

function joined({ value, type }: PhpNode, scope: Scope): PhpValue | undefined {
  // Between backticks stands a command.
  if (type === 'shell') return undefined;
  const parts = nodes(value).map((part) => scalar(part['expression'], scope));
  return parts.some((part) => part === undefined) ? undefined : parts.map((part) => toText(part ?? null)).join('');
}

function scalar(node: unknown, scope: Scope): PhpScalar | undefined {
  const value = evaluate(node, scope);
  return value === undefined || isArray(value) ? undefined : value;
}

/** An entry that cannot be read is left out and named; one whose key is unknown makes the whole array unreadable. */
function array({ items }: PhpNode, scope: Scope): PhpValue | undefined {
  const result = new Map<string, PhpValue>();
  let next = 0;
  for (const entry of nodes(items)) {
    const given = entry['key'] === null ? String(next) : evaluate(entry['key'], scope);
    const key = given === undefined ? undefined : toKey(given);
    if (key === undefined || entry['unpack'] === true) return undefined;
    if (/^\d{1,15}$/.test(key)) next = Math.max(next, Number(key) + 1);
    const path = [...scope.path, key];
    const value = entry['byRef'] === true ? undefined : evaluate(entry['value'], { ...scope, path });
    if (value === undefined) scope.unreadable(path);
    // What stood under the same key before is gone in either case.
    if (value === undefined) result.delete(key);
    else result.set(key, value);
  }
  return result;
}

function unary({ type, what }: PhpNode, scope: Scope): PhpValue | undefined {
  const value = evaluate(what, scope);
  if (value === undefined) return undefined;
  if (type === '!') return !isTrue(value);
  if (typeof value !== 'number') return undefined;
  if (type === '-') return -value;
  return type === '+' ? value : undefined;
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => Math.trunc(left) % Math.trunc(right),
  '**': (left, right) => left ** right,
};

function binary({ type, left, right }: PhpNode, scope: Scope): PhpValue | undefined {
  const [first, second] = [scalar(left, scope), scalar(right, scope)];
  if (first === undefined || second === undefined || typeof type !== 'string') return undefined;
  if (type === '.') return toText(first) + toText(second);
  const operate = Object.hasOwn(ARITHMETIC, type) ? ARITHMETIC[type] : undefined;
  return typeof first === 'number' && typeof second === 'number' && operate ? sane(operate(first, second)) : undefined;
}

function cast({ type, expr }: PhpNode, scope: Scope): PhpValue | undefined {
  const value = evaluate(expr, scope);
  if (value === undefined) return undefined;
  if (type === 'bool') return isTrue(value);
  if (isArray(value)) return type === 'array' ? value : undefined;
  if (type === 'int') return sane(Math.trunc(toNumber(value)));
  if (type === 'float') return sane(toNumber(value));
  return type === 'string' ? toText(value) : undefined;
}
