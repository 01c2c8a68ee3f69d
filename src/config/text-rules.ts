import { UsageError, type Where } from '../model/errors.ts';

/** What a text must be; the same rule for flags, variables and `emcp.yaml`. */
export interface TextRule {
  /** Of the usage error. */
  readonly code: string;
  /** A pattern goes into the JSON Schema, too. */
  readonly holds: RegExp | ((text: string) => boolean);
  readonly valid: string;
  readonly example: string;
  /** What breaks the rule may be a secret, and is not repeated. */
  readonly mayHoldSecret?: true;
}

/** Where a text stands, as an operator writes it. */
export interface TextPlace {
  readonly kind: 'flag' | 'variable' | 'file';
  readonly name: string;
  readonly where: Where;
}

/** The text, or a usage error with the first rule that it breaks. */
export function check(text: string, rules: readonly TextRule[], place: TextPlace): string {
  const broken = rules.find(({ holds }) => !(holds instanceof RegExp ? holds.test(text) : holds(text)));
  if (broken === undefined) return text;
  throw new UsageError(broken.code, messageOf(broken, text), {
    where: place.where,
    hint: assignment(place, broken.example),
  });
}

/** What is wrong with a value that breaks the rule. */
export function messageOf({ valid, mayHoldSecret }: Pick<TextRule, 'valid' | 'mayHoldSecret'>, given: unknown): string {
  return mayHoldSecret ? `must be ${valid}` : `must be ${valid}: ${JSON.stringify(given)} is given`;
}

function assignment({ kind, name }: TextPlace, example: string): string {
  const between = { flag: ' ', variable: '=', file: ': ' }[kind];
  return `${name}${between}${example}`;
}
