import type { Parts } from '../parts.ts';
import { transportError } from '../transport-error.ts';
import { answer, next, type Stage } from './stage.ts';

/** Compares the token's scopes with the method in the body, whatever its media type; mirrors `emcp.scope`. */
export function scope({ settings, services }: Parts): Stage {
  return (context) => {
    if (settings.auth.mode === 'none' || !settings.auth.requireScopes) return next(context);
    if (context.claims === undefined) return answer(transportError('unauthenticated', context));
    const method = context.rpcMethod();
    // No method can be read, no scope is asked for: such a body reaches the JSON-RPC parser.
    if (method === undefined) return next(context);
    const { server, claims } = context;
    const allowed = services.scopePolicy.allows({ server, method, scopes: claims.scopes });
    return allowed ? next(context) : answer(transportError('scope_denied', context));
  };
}
