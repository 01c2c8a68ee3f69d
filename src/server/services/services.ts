import type { Database } from '../database.ts';
import type { Idempotency } from '../dispatch/idempotency.ts';
import type { Tasks } from '../dispatch/tasks.ts';
import type { Worker } from '../dispatch/worker.ts';
import type { Accounts } from './accounts.ts';
import type { Audit } from './audit.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Registry } from './registry.ts';
import type { ScopePolicy } from './scope-policy.ts';
import type { SecurityPolicy } from './security-policy.ts';
import type { Sessions } from './sessions.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** The CMS tables, opened when first needed. */
export interface Site {
  readonly open: () => Promise<Database>;
}

/** Everything the server decides or keeps, each replaceable on its own. */
export interface Services {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly idempotency: Idempotency;
  readonly rateLimiter: RateLimiter;
  readonly registry: Registry;
  readonly scopePolicy: ScopePolicy;
  readonly securityPolicy: SecurityPolicy;
  readonly sessions: Sessions;
  readonly site: Site;
  readonly tasks: Tasks;
  readonly tokenVerifier: TokenVerifier;
  readonly worker: Worker;
}
