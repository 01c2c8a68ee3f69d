import { openSite, type SiteTables } from '../content/site.ts';
import type { Database } from '../database.ts';
import { createIdempotency } from '../dispatch/idempotency.ts';
import type { StoreOpener } from '../dispatch/store.ts';
import { createTasks } from '../dispatch/tasks.ts';
import { faithfulWorker } from '../dispatch/worker.ts';
import type { Ports } from '../ports.ts';
import { contentServer } from '../servers/content-server.ts';
import { streamServer } from '../servers/stream-server.ts';
import type { Settings } from '../settings.ts';
import { createAccounts } from './accounts.ts';
import { createAudit } from './audit.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createRegistry } from './registry.ts';
import { createScopePolicy } from './scope-policy.ts';
import { createSecurityPolicy } from './security-policy.ts';
import type { Services, Site } from './services.ts';
import { createSessions } from './sessions.ts';
import { createTokenVerifier } from './token-verifier.ts';

/** What the services read and write. */
export interface Stores {
  readonly tables: SiteTables;
  readonly store: StoreOpener;
}

/** The faithful services, over the given CMS tables and task store. */
export function defaultServices(settings: Settings, ports: Ports, { tables, store }: Stores): Services {
  return {
    accounts: createAccounts(tables),
    audit: createAudit(settings, ports),
    idempotency: createIdempotency(store, { ...settings.idempotency, now: ports.now }),
    rateLimiter: createRateLimiter(ports),
    registry: createRegistry(settings, ports, [contentServer, streamServer(ports)]),
    scopePolicy: createScopePolicy(settings),
    securityPolicy: createSecurityPolicy(settings),
    sessions: createSessions(settings, ports),
    site: createSiteOf(tables),
    tasks: createTasks(store, ports.now),
    tokenVerifier: createTokenVerifier(settings, ports),
    worker: faithfulWorker,
  };
}

function createSiteOf(tables: SiteTables): Site {
  let opened: Promise<Database> | undefined;
  return {
    open() {
      opened ??= openSite(tables);
      return opened;
    },
  };
}
