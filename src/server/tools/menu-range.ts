import { menuRange } from '../content/tree.ts';
import type { Condition } from '../content/condition.ts';
import { integerOr } from './arguments.ts';
import { integerFrom, optionalIntegerFrom } from './schema.ts';
import { InvalidArguments } from './tool.ts';
import type { JsonObject } from './tool.ts';
import { integer, min, nullable, required } from './validate.ts';
import type { Rules } from './validate.ts';

export const RANGE_RULES: Rules = { from: [required, integer, min(0)], to: [nullable, integer, min(0)] };

export const RANGE_PROPERTIES = { from: integerFrom(0), to: optionalIntegerFrom(0) };

/** The arguments `from` and `to`: places in the menu, both included. */
export function rangeOf(args: JsonObject): Condition[] {
  const from = integerOr(args, 'from', 0);
  const to = integerOr(args, 'to', null);
  // The upstream integration script looks for the words "greater than or equal to from".
  if (to !== null && to < from) throw new InvalidArguments(['to has to be greater than or equal to from.']);
  return menuRange(from, to);
}
