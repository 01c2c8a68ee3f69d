import type { Expectations } from './expectations.ts';
import type { Observation } from './observation.ts';
import type { Capability, Clock, Ids, Probes } from './probes.ts';

/** What the runbook or the contract promises is `must` (red is fail); a hazard of today's runtime is `should` (warn). */
export type Severity = 'must' | 'should';
/** What a check does to its target: look, leave rows behind, or send a burst. */
export type Impact = 'read' | 'write' | 'load';

/**
 * Requests a check sends at most with its ordinary identity, per JSON-RPC method (`GET` and `unknown` where none can be
 * read). A key with `manager:` before it counts on the manager route.
 */
export type RequestCount = Readonly<Record<string, number>>;

export interface CheckMeta {
  /** Its path below `checks/`, without the extension. */
  readonly id: string;
  /** True when the check holds. */
  readonly title: string;
  readonly proves: string;
  readonly remedy: string;
  /** Runbook section, such as `2.3`. */
  readonly section: string;
  /** Lines of the runbook (`runbook:2.3/threshold`) and norms or hazards (`CONTRACT 5`, `H26`, `RFC 9110 15.5.6`). */
  readonly cites: readonly string[];
  readonly severity: Severity;
  readonly impact: Impact;
  readonly needs: readonly Capability[];
  readonly optional?: readonly Capability[];
  /** Red there makes this check blocked here. */
  readonly after?: readonly string[];
  /** Capabilities nobody can use while this check is red: every other check that needs one comes after it. */
  readonly guards?: readonly Capability[];
  /** Looks at what any request would change: ends before another check starts, and sends none itself. */
  readonly first?: true;
  /** Seconds of the limiter's window this check has to sit out. */
  readonly waits?: number;
  /** Milliseconds the check may take, waits not counted. Default 30 000. */
  readonly timeLimit?: number;
}

/** Given to every check, whatever it needs. */
export interface Surroundings {
  readonly expect: Expectations;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signal: AbortSignal;
}

export type CheckContext<Needs extends Capability, Optional extends Capability> = Surroundings &
  Pick<Probes, Needs> & { readonly [Name in Optional]?: Probes[Name] | undefined };

export interface Check<
  Needs extends Capability = Capability,
  Optional extends Capability = Capability,
> extends CheckMeta {
  readonly needs: readonly Needs[];
  readonly optional?: readonly Optional[];
  readonly requests: RequestCount | ((expect: Expectations) => RequestCount);
  run(this: void, context: CheckContext<Needs, Optional>): AsyncGenerator<Observation, void, void>;
}

/** A check whose probes are matched by name at run time. */
export interface AnyCheck extends CheckMeta {
  readonly requests: RequestCount | ((expect: Expectations) => RequestCount);
  run(
    this: void,
    context: Surroundings & { readonly [Name in Capability]?: Probes[Name] | undefined },
  ): AsyncGenerator<Observation, void, void>;
}
