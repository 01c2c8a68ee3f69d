import { isArray, isBlank, isBoolean, isInteger, isNumeric } from './coercion.ts';
import { InvalidArguments } from './tool.ts';
import type { Json, JsonObject } from './tool.ts';

/** One rule on one argument, in the framework's own terms. */
export type Rule =
  | { readonly kind: 'required' | 'nullable' | 'integer' | 'boolean' | 'array' | 'string' }
  | { readonly kind: 'min'; readonly least: number };

/** Rules by argument; `tags.*.name` speaks of every entry of `tags`. */
export type Rules = Readonly<Record<string, readonly Rule[]>>;

export const required: Rule = { kind: 'required' };
export const nullable: Rule = { kind: 'nullable' };
export const integer: Rule = { kind: 'integer' };
export const boolean: Rule = { kind: 'boolean' };
export const array: Rule = { kind: 'array' };
export const string: Rule = { kind: 'string' };

export function min(least: number): Rule {
  return { kind: 'min', least };
}

/** Mirrors the framework's validator: every rule of every argument speaks, those of list entries last. */
export function validate(args: JsonObject, rules: Rules): void {
  const inOrder = Object.entries(rules).toSorted(([one], [other]) => starred(one) - starred(other));
  const problems = inOrder.flatMap(([path, own]) =>
    reach(args, path.split('.')).flatMap(({ name, value }) => problemsWith(name, value, own)),
  );
  if (problems.length > 0) throw new InvalidArguments(problems);
}

function starred(path: string): number {
  return Number(path.includes('*'));
}

function problemsWith(name: string, value: Json | undefined, rules: readonly Rule[]): string[] {
  if (rules.includes(required) && isMissing(value)) return [`The argument ${name} is required.`];
  if (value === undefined || isBlank(value) || (value === null && rules.includes(nullable))) return [];
  return rules.flatMap((rule) => {
    const complaint = complaintOf(rule, value);
    return complaint === undefined ? [] : [`The argument ${name} ${complaint}.`];
  });
}

function complaintOf(rule: Rule, value: Json): string | undefined {
  switch (rule.kind) {
    case 'required':
    case 'nullable':
      return undefined;
    case 'integer':
      return isInteger(value) ? undefined : 'has to be a whole number';
    case 'boolean':
      return isBoolean(value) ? undefined : 'has to be true or false';
    case 'array':
      return isArray(value) ? undefined : 'has to be a list or an object';
    case 'string':
      return typeof value === 'string' ? undefined : 'has to be text';
    case 'min':
      return sizeOf(value) >= rule.least ? undefined : `has to be ${rule.least} or more`;
  }
}

/** A number counts as itself, a list by its entries, anything else by its letters. */
function sizeOf(value: Json): number {
  if (isNumeric(value) || typeof value === 'boolean') return Number(value);
  return isArray(value) ? Object.keys(value).length : String(value ?? '').length;
}

function isMissing(value: Json | undefined): boolean {
  if (value === undefined || value === null || isBlank(value)) return true;
  return isArray(value) && Object.keys(value).length === 0;
}

interface Reached {
  readonly name: string;
  readonly value: Json | undefined;
}

/** The values a path leads to: one, or none, for a plain path; one for every entry where it has a star. */
function reach(value: Json | undefined, path: readonly string[], done: readonly string[] = []): Reached[] {
  const [key, ...rest] = path;
  if (key === undefined) return [{ name: done.join('.'), value }];
  const entries = value !== undefined && isArray(value) ? Object.entries(value) : [];
  if (key === '*') return entries.flatMap(([entry, inner]) => reach(inner, rest, [...done, entry]));
  return reach(entries.find(([entry]) => entry === key)?.[1], rest, [...done, key]);
}
