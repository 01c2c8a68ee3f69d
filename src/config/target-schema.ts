import { z } from 'zod';
import { variableOf } from './credential.ts';
import { isOurs } from './environment.ts';
import { LONGEST_RESPONSE_S, SECONDS, type OptionKind } from './option-kinds.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from './target-options.ts';
import { mustBe } from './schema-words.ts';
import { messageOf, type TextRule } from './text-rules.ts';

/** The keys of a target in `emcp.yaml`, each with its schema, out of the table of options. */
export function targetShape(): Readonly<Record<string, z.ZodType>> {
  const shape: Record<string, z.ZodType> = {};
  for (const key of OPTION_KEYS) {
    const [outer = '', inner] = TARGET_OPTIONS[key].yaml.split('.');
    shape[outer] ??= inner === undefined ? schemaOf(key, TARGET_OPTIONS[key].required) : objectOf(outer).optional();
  }
  return shape;
}

/** An object that holds several options; those that others of them need must be there. */
function objectOf(outer: string): z.ZodType {
  const keys = OPTION_KEYS.filter((key) => TARGET_OPTIONS[key].yaml.startsWith(`${outer}.`));
  const isNeeded = (key: OptionKey): boolean => keys.some((other) => TARGET_OPTIONS[other].needs === key);
  const entries = keys.map(
    (key) => [TARGET_OPTIONS[key].yaml.slice(outer.length + 1), schemaOf(key, isNeeded(key))] as const,
  );
  return z.strictObject(Object.fromEntries(entries));
}

function schemaOf(key: OptionKey, required = false): z.ZodType {
  const { kind, does } = TARGET_OPTIONS[key];
  const schema = valueSchema(kind);
  return required ? schema.describe(does) : schema.describe(does).optional();
}

function valueSchema({ written, rules }: Pick<OptionKind<unknown>, 'written' | 'rules'>): z.ZodType {
  switch (written) {
    case 'text':
    case 'text or nothing':
      return withRules(z.string(), rules);
    case 'words':
      return z
        .array(withRules(z.string(), rules), mustBe('a list of words such as [content]'))
        .min(1, mustBe('a list of at least one word'));
    case 'true or false':
      return z.boolean();
    case 'seconds':
      return z
        .number(mustBe(SECONDS.valid))
        .positive(mustBe(SECONDS.valid))
        .max(LONGEST_RESPONSE_S, mustBe(SECONDS.valid));
    case 'credential':
      return credential.refine(namesPossibleVariable, FOREIGN);
  }
}

function withRules(text: z.ZodString, rules: readonly TextRule[]): z.ZodString {
  return rules.reduce((schema, rule) => {
    const error = { error: ({ input }: { readonly input?: unknown }): string => messageOf(rule, input) };
    return rule.holds instanceof RegExp ? schema.regex(rule.holds, error) : schema.refine(rule.holds, error);
  }, text);
}

/** How `emcp.yaml` names a credential: it never holds one. */
const credential = z
  .string('must name a credential: ${env:NAME} or file:PATH')
  .regex(
    /^(?:\$\{env:[A-Za-z_][A-Za-z0-9_]*\}|file:.+)$/,
    'a credential is ${env:NAME} or file:PATH, never the value itself',
  );

const FOREIGN = 'names that begin with EMCP_ are taken: call the variable something else';

/** A variable that would be refused as a misspelt one of ours cannot be read. */
function namesPossibleVariable(reference: unknown): boolean {
  const variable = typeof reference === 'string' ? variableOf(reference) : undefined;
  return variable === undefined || isOurs(variable);
}
