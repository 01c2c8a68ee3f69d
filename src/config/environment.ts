import { UsageError } from '../model/errors.ts';
import { nearest } from './nearest.ts';
import { OPTION_KEYS, TARGET_OPTIONS, type OptionVariable } from './target-options.ts';
import { VENDOR_VARIABLE_NAMES, type VendorVariableName } from './vendor-variables.ts';

export type EnvironmentName = OptionVariable | VendorVariableName;

export type Environment = Readonly<Partial<Record<EnvironmentName, string>>>;

/** All of them, those of options first. */
export const ENVIRONMENT_NAMES: readonly EnvironmentName[] = [
  ...OPTION_KEYS.flatMap((key) => TARGET_OPTIONS[key].variables),
  ...VENDOR_VARIABLE_NAMES,
];

/** Variables for tests of this project itself. */
const FOR_TESTS = ['EMCP_TEST_RESULTS', 'EMCP_RECORDED', 'EMCP_CI_REQUIRE'];

const KNOWN: ReadonlySet<string> = new Set([...ENVIRONMENT_NAMES, ...FOR_TESTS]);

/** Whether a variable means something here; whatever does not begin with `EMCP_` is not our business. */
export function isOurs(name: string): boolean {
  return !name.startsWith('EMCP_') || KNOWN.has(name);
}

/** Reads the variables that concern us; an unknown `EMCP_*` is a typing mistake and refused. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  for (const name of Object.keys(env)) {
    if (isOurs(name)) continue;
    const meant = nearest(name, ENVIRONMENT_NAMES);
    throw new UsageError('unknown-variable', `unknown environment variable ${name}`, {
      where: { source: 'environment', key: name },
      hint: meant === undefined ? `unset ${name}` : `did you mean ${meant}?`,
    });
  }
  const entries = Object.entries(env).filter(
    ([name, value]) => name.startsWith('EMCP_') && value !== undefined && value !== '',
  );
  return Object.fromEntries(entries);
}
