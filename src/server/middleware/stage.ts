import type { RequestContext } from '../context.ts';
import type { ServerResponse } from '../message.ts';

/** What a stage makes of a request: more is known and it goes on, or it is answered here. */
export type Step =
  | { readonly kind: 'next'; readonly context: RequestContext }
  | { readonly kind: 'answer'; readonly response: ServerResponse };

export type Stage = (context: RequestContext) => Step | Promise<Step>;

export function next(context: RequestContext): Step {
  return { kind: 'next', context };
}

export function answer(response: ServerResponse): Step {
  return { kind: 'answer', response };
}
