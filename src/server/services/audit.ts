import type { Actor } from '../context.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings.ts';

/** One call that reached a controller. */
interface AuditEntry {
  readonly requestId: string;
  readonly traceId: string;
  readonly server: string;
  /** JSON-RPC method, or the word `dispatch` for refusals and reuse on the dispatch route. */
  readonly method: string;
  readonly status: number;
  readonly actor: Actor;
  readonly identity: string;
  readonly startedAt: number;
  readonly taskId?: number;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface Audit {
  readonly record: (entry: AuditEntry) => void;
}

/** Mirrors eMCP's audit logger: the fields of contract §2.7, nothing of the body or the headers. */
export function createAudit(settings: Settings, ports: Pick<Ports, 'now' | 'log'>): Audit {
  const { auditEnabled, channel, redactKeys } = settings.logging;
  return {
    record(entry) {
      if (!auditEnabled) return;
      const now = ports.now();
      ports.log('audit', {
        channel,
        message: 'emcp.audit',
        timestamp: new Date(now).toISOString(),
        request_id: entry.requestId,
        trace_id: entry.traceId,
        server_handle: entry.server,
        method: entry.method,
        status: entry.status,
        actor_user_id: entry.actor.userId,
        context: entry.actor.context,
        duration_ms: now - entry.startedAt,
        task_id: entry.taskId ?? null,
        rate_limit_identity: entry.identity,
        ...(entry.extra === undefined ? {} : { extra: redact(entry.extra, redactKeys) }),
      });
    },
  };
}

function redact(extra: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  const masked = Object.entries(extra).map(([key, value]) => [
    key,
    keys.includes(key.toLowerCase()) ? '[REDACTED]' : value,
  ]);
  return Object.fromEntries(masked) as Record<string, unknown>;
}
