import { transportError } from '../transport-error.ts';
import { answer, next, type Stage } from './stage.ts';

/** Asks for a manager permission; mirrors `emcp.permission`. */
export function permission(name: string): Stage {
  return (context) =>
    context.user?.permissions.has(name) === true ? next(context) : answer(transportError('forbidden', context));
}
