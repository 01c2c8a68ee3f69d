import type { Actor, RequestContext } from '../context.ts';
import { next, type Stage } from './stage.ts';

/** Says who acts and whose rate bucket it is; a manager session wins, also on the API. Mirrors `emcp.actor`. */
export const actor: Stage = (context) => next({ ...context, actor: actorOf(context), identity: identityOf(context) });

function actorOf({ user, claims }: RequestContext): Actor {
  if (user !== undefined) return { context: 'mgr', userId: user.id };
  // The token's user id never arrives here, so an API client acts as nobody.
  return { context: claims === undefined ? 'cli' : 'api', userId: null };
}

function identityOf({ user, claims, request }: RequestContext): string {
  if (user !== undefined) return `mgr:${user.id}`;
  return claims?.subject === undefined ? `ip:${request.remoteAddress}` : `api:${claims.subject}`;
}
