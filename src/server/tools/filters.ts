import { operatorNamed } from '../content/condition.ts';
import type { Filter, Operator } from '../content/condition.ts';
import type { SqlValue } from '../database.ts';
import { isArray, isScalar, toText } from './coercion.ts';
import { InvalidArguments } from './tool.ts';
import type { Json } from './tool.ts';

export type Scalar = boolean | number | string;

/** Gives an operand as SQLite is to see it, and refuses what the caller's kind of filter does not take. */
type Bind = (value: Scalar, op: string) => SqlValue;

/** Reads `op` and `value` of one filter. */
export function filterOf(op: string, value: Json | undefined, bind: Bind): Filter {
  const operator = known(op);
  switch (operator.kind) {
    case 'presence':
      return operator;
    case 'list':
      return { ...operator, values: listOf(op, value).map((entry) => bind(entry, op)) };
    case 'comparison':
      return { ...operator, value: bind(scalar(op, value), op) };
    case 'pattern': {
      const text = scalar(op, value);
      bind(text, op);
      return { ...operator, text: toText(text) };
    }
  }
}

function known(op: string): Operator {
  const operator = operatorNamed(op);
  if (operator === undefined) throw new InvalidArguments([`There is no filter operator [${op}].`]);
  return operator;
}

function scalar(op: string, value: Json | undefined): Scalar {
  if (isScalar(value)) return value;
  throw new InvalidArguments([`The operator [${op}] needs one value.`]);
}

/** A list, or text with commas between the entries. */
function listOf(op: string, value: Json | undefined): Scalar[] {
  const entries = isScalar(value)
    ? split(toText(value))
    : Object.values(value !== undefined && isArray(value) ? value : []);
  if (entries.length === 0) throw new InvalidArguments([`The operator [${op}] needs a value at least.`]);
  return entries.map((entry) => scalar(op, entry));
}

function split(text: string): string[] {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}
