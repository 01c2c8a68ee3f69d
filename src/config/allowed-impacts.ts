import type { Environment } from './environment.ts';
import type { TargetSource } from './target-words.ts';
import { VENDOR_VARIABLE_NAMES, VENDOR_VARIABLES } from './vendor-variables.ts';

/** What a check may do besides reading. */
export type AllowedImpact = (typeof ALLOWED_IMPACTS)[number];

export const ALLOWED_IMPACTS = ['write', 'load'] as const;

export interface AllowSources {
  /** `--allow`. */
  readonly flags: readonly AllowedImpact[];
  /** `allow:` of the target's entry in `emcp.yaml`. */
  readonly file: readonly AllowedImpact[];
  readonly env: Environment;
  /** The source that names the target's address. */
  readonly describedBy: TargetSource;
  readonly production: boolean;
}

/**
 * What may be done to a target besides reading. The environment speaks of its own target only, and of a target that is
 * marked as production only the command line does.
 */
export function allowedImpacts(sources: AllowSources): readonly AllowedImpact[] {
  const { flags, file, env, describedBy, production } = sources;
  const own = { flags: [], environment: impactsOf(env), file }[describedBy];
  const allowed = production ? flags : [...flags, ...own];
  return ALLOWED_IMPACTS.filter((impact) => allowed.includes(impact));
}

function impactsOf(env: Environment): readonly AllowedImpact[] {
  return VENDOR_VARIABLE_NAMES.flatMap((name) => {
    const { allows } = VENDOR_VARIABLES[name];
    return allows !== undefined && env[name] === '1' ? [allows] : [];
  });
}
