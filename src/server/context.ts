import type { Parsed } from './json/parse.ts';
import type { ServerRequest } from './message.ts';

/** Which of the two route tables matched. */
export type RouteKind = 'api' | 'manager';

/** The trace id in its two forms: header values are bytes to PHP, while JSON needs valid UTF-8. */
export interface Trace {
  /** As it goes into the header; `''` when there is none. */
  readonly header: string;
  /** As text; `undefined` when the client sent bytes that are not UTF-8, which no error body can hold. */
  readonly text: string | undefined;
}

/** What a verified token says. */
export interface Claims {
  readonly subject: string | undefined;
  readonly scopes: readonly string[];
}

/** A logged-in user of the CMS manager. */
export interface ManagerUser {
  readonly id: number;
  readonly permissions: ReadonlySet<string>;
}

/** Who acts: a manager user, an API client (never known by user id) or nobody (`auth.mode=none`). */
export interface Actor {
  readonly context: 'mgr' | 'api' | 'cli';
  readonly userId: number | null;
}

/** What is known of a request on one of our routes; the middleware adds to it on the way. */
export interface RequestContext {
  readonly request: ServerRequest;
  readonly route: RouteKind;
  /** Handle in the path, percent-decoded; may name no server. */
  readonly server: string;
  readonly trace: Trace;
  /** For the audit line: the client's, else one invented for it. */
  readonly requestId: string;
  /** The body as JSON, parsed at the first call; any media type, any method. */
  readonly payload: () => Parsed;
  /** JSON-RPC method readable in the body; `undefined` for none. */
  readonly rpcMethod: () => string | undefined;
  readonly claims: Claims | undefined;
  readonly user: ManagerUser | undefined;
  readonly actor: Actor;
  /** Whose rate bucket it is: `mgr:<id>`, `api:<sub>` or `ip:<address>`. */
  readonly identity: string;
  readonly startedAt: number;
  readonly signal: AbortSignal;
}
