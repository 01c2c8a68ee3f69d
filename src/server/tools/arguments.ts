import { isArray, toBoolean, toInteger } from './coercion.ts';
import { InvalidArguments } from './tool.ts';
import type { Json, JsonObject } from './tool.ts';

/** The argument as an integer; absent and null give the fallback. Only for arguments that passed validation. */
export function integerOr<Fallback>(args: JsonObject, name: string, fallback: Fallback): number | Fallback {
  const value = given(args, name);
  return value === undefined ? fallback : toInteger(value);
}

export function booleanOr<Fallback>(args: JsonObject, name: string, fallback: Fallback): boolean | Fallback {
  const value = given(args, name);
  return value === undefined ? fallback : toBoolean(value);
}

export function textOr<Fallback>(args: JsonObject, name: string, fallback: Fallback): string | Fallback {
  const value = given(args, name);
  return typeof value === 'string' ? value : fallback;
}

/** The entries of a list or object; none when the argument is absent or null. */
export function entriesOf(args: JsonObject, name: string): readonly Json[] {
  const value = given(args, name);
  return value !== undefined && isArray(value) ? Object.values(value) : [];
}

/** An argument that is itself an object or list, seen as an object. */
export function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

/** A sort direction, in any case. */
export function directionOr<Fallback>(args: JsonObject, name: string, fallback: Fallback): 'asc' | 'desc' | Fallback {
  const text = textOr(args, name, undefined);
  if (text === undefined) return fallback;
  const direction = text.trim().toLowerCase();
  if (direction === 'asc' || direction === 'desc') return direction;
  throw new InvalidArguments([`The argument ${name} is neither asc nor desc: [${text}].`]);
}

export function between(name: string, value: number, [least, most]: readonly [number, number]): number {
  if (value >= least && value <= most) return value;
  throw new InvalidArguments([`The argument ${name} has to lie between ${least} and ${most}.`]);
}

function given(args: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(args, name) ? (args[name] ?? undefined) : undefined;
}
