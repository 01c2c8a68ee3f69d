import { z } from 'zod';
import { variableOf } from './credential.ts';
import { isOurs } from './environment.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionKey } from './target-options.ts';

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
  const schema = kind.hides === undefined ? kind.schema : kind.schema.refine(namesPossibleVariable, FOREIGN);
  return required ? schema.describe(does) : schema.describe(does).optional();
}

const FOREIGN = 'names that begin with EMCP_ are taken: call the variable something else';

/** A variable that would be refused as a misspelt one of ours cannot be read. */
function namesPossibleVariable(reference: unknown): boolean {
  const variable = typeof reference === 'string' ? variableOf(reference) : undefined;
  return variable === undefined || isOurs(variable);
}
