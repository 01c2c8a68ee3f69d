import type { Parts } from '../parts.ts';
import { limitsOf } from '../services/limits.ts';
import { transportError } from '../transport-error.ts';
import { answer, next, type Stage } from './stage.ts';

/** Counts what is let through, per server, method and identity; mirrors `emcp.rate`. */
export function rate({ settings, services }: Parts): Stage {
  return async (context) => {
    const { server, identity } = context;
    const { perMinute } = limitsOf(settings, server);
    if (!settings.rateLimit.enabled || perMinute < 1) return next(context);
    const bucket = { server, method: context.rpcMethod() ?? 'unknown', identity };
    const admission = await services.rateLimiter.admit(bucket, perMinute);
    if (admission.kind === 'admitted') return next(context);
    const headers = [['Retry-After', String(admission.retryAfterSeconds)]] as const;
    return answer(transportError('rate_limited', context, { headers }));
  };
}
