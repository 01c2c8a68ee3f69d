import { z } from 'zod';

/** What is found where something else must be: a text may be a secret, and is not repeated. */
function foundIn(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value === null) return 'nothing';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'an object';
}

/** What is wrong with a value, in the words of every file that is read with a schema. */
function wrongValue(valid: string, value: unknown): string {
  return value === undefined ? `is missing, and must be ${valid}` : `must be ${valid}: ${foundIn(value)} is given`;
}

/** The message of a schema that says better than its type what is valid. */
export function mustBe(valid: string): { readonly error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => wrongValue(valid, input) };
}

/** The message for whatever has none of its own. */
export const inOwnWords: z.core.$ZodErrorMap = (issue) => wrongValue(validFor(issue), issue.input);

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function validFor(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string {
  const { code } = issue;
  if (code === 'invalid_type') return typeFor(issue);
  if (code === 'invalid_value') return oneOf(issue.values.map(String));
  if (code === 'too_small') return sized(issue.origin, `${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`);
  if (code === 'too_big') return sized(issue.origin, `${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`);
  if (code !== 'invalid_union') return 'of another form';
  return issue.errors.flatMap(([first]) => (first === undefined ? [] : [validFor(first)])).join(' or ');
}

function typeFor(issue: { readonly expected: string; readonly inst?: unknown }): string {
  return issue.inst instanceof z.ZodObject
    ? `an object with ${keysIn(Object.keys(issue.inst.shape))}`
    : (TYPES[issue.expected] ?? 'of another type');
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? values.join('') : `one of ${values.join(', ')}`;
}

/** More than a few keys are not worth reading. */
function keysIn(names: readonly string[]): string {
  return names.length > 6 ? `keys such as ${names.slice(0, 3).join(', ')}` : names.join(', ');
}

/** A text or a list that is too small is empty, in all that is read here. */
function sized(origin: string, size: string): string {
  const whole = { string: 'a text that is not empty', array: 'a list that is not empty' }[origin];
  return whole ?? `a number ${size}`;
}
