import type { Parts } from '../parts.ts';
import { headerText } from '../trace.ts';
import { transportError } from '../transport-error.ts';
import { answer, next, type Stage } from './stage.ts';

/** Asks for a sound token unless `auth.mode` is `none`; mirrors `emcp.jwt`. */
export function jwt({ settings, services }: Parts): Stage {
  return async (context) => {
    if (settings.auth.mode === 'none') return next(context);
    const claims = await services.tokenVerifier.verify(headerText(context.request, 'authorization'));
    return claims === undefined ? answer(transportError('unauthenticated', context)) : next({ ...context, claims });
  };
}
