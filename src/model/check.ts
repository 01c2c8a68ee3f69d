import { z } from 'zod';
import type { Expectations } from './expectations.ts';
import type { Observation } from './observation.ts';
import { CAPABILITIES, type Capability, type Clock, type Ids, type Probes } from './probes.ts';
import type { RequestCount } from './requests.ts';
import { revisions } from './revisions.ts';
import type { TargetFacts } from './target.ts';

const ID = /^[a-z0-9-]+(?:\/[a-z0-9-]+)+$/;
const text = z.string().min(1);
const capabilities = z.array(z.enum(CAPABILITIES)).readonly();

export const checkId = z.string().regex(ID, 'lower-case words joined by - and /');

/** What a check says of itself; everything about it but its functions. */
export const checkMeta = z.object({
  /** Its path below `checks/`, without the extension. */
  id: checkId,
  /** True when the check holds. */
  title: text,
  proves: text,
  remedy: text,
  /** Runbook section, such as `2.3`. */
  section: z.string().regex(/^\d+(?:\.\d+)*$/, 'a runbook section such as 2.3'),
  /** Lines of the runbook (`runbook:2.3/threshold`) and norms or hazards (`CONTRACT 5`, `H26`, `RFC 9110 15.5.6`). */
  cites: z.array(text).min(1).readonly(),
  /** What the runbook or the contract promises is `must` (red is fail); a hazard of today's runtime is `should` (warn). */
  severity: z.enum(['must', 'should']),
  /** What it does to its target: look, leave rows behind, or send a burst. */
  impact: z.enum(['read', 'write', 'load']),
  needs: capabilities,
  optional: capabilities.optional(),
  /** Protocol revisions it is about; it concerns a target of which one of them is expected. Default: all. */
  revisions: revisions.optional(),
  /** Red there makes this check blocked here. */
  after: z.array(checkId).readonly().optional(),
  /** Capabilities that are of no use while this check is red: every other check that needs one comes after it. */
  guards: capabilities.optional(),
  /** Looks at what any request would change: ends before another check starts, and sends none itself. */
  first: z.literal(true).optional(),
  /** Seconds of the limiter's window this check waits for at most; needs `--wait` where time is real. */
  waitsSeconds: z.number().positive().optional(),
  /** Waits for queued tasks that often, each at most as long as the profile promises. */
  awaitsTasks: z.int().positive().optional(),
  /**
   * New dispatches it makes: each leaves an idempotency record and, where dispatch is queued, a task row. By default as
   * many as it sends to a dispatch route; 0 where all are refused.
   */
  dispatches: z.int().nonnegative().optional(),
  /** Milliseconds the check may take besides the waits it declares. Default 30 000, or 2 000 for each request where that is more. */
  timeLimitMs: z.number().positive().optional(),
});

export type CheckMeta = Readonly<z.infer<typeof checkMeta>>;
export type Severity = CheckMeta['severity'];
export type Impact = CheckMeta['impact'];

/** Whether a check concerns a target at all, decided before anything is sent. */
export interface Applicability {
  /** For the docs and `explain`, such as `a dispatch is promised to be queued`. */
  readonly when: string;
  /** `true`, or the reason why not. */
  readonly test: (this: void, expect: Expectations, facts: TargetFacts) => true | string;
}

/** A number of requests per bucket, or how it follows from what the profile promises and the target offers. */
export type Requests = RequestCount | ((this: void, expect: Expectations, facts: TargetFacts) => RequestCount);

/** What a check declares besides its metadata. */
interface Declarations {
  /** Sent with the ordinary identity: the target's one token, or its manager session. */
  readonly requests: Requests;
  /** Sent without a credential that counts, or with identities of the check's own. */
  readonly otherRequests?: Requests | undefined;
  readonly applies?: Applicability | undefined;
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

export interface Check<Needs extends Capability = Capability, Optional extends Capability = Capability>
  extends CheckMeta, Declarations {
  readonly needs: readonly Needs[];
  readonly optional?: readonly Optional[];
  run(this: void, context: CheckContext<Needs, Optional>): AsyncGenerator<Observation, void, void>;
}

/** A check whose probes are matched by name at run time. */
export interface AnyCheck extends CheckMeta, Declarations {
  run(
    this: void,
    context: Surroundings & { readonly [Name in Capability]?: Probes[Name] | undefined },
  ): AsyncGenerator<Observation, void, void>;
}
