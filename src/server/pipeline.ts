import type { RequestContext } from './context.ts';
import { withHeaders } from './json-response.ts';
import type { ServerResponse } from './message.ts';
import { actor } from './middleware/actor.ts';
import { jwt } from './middleware/jwt.ts';
import { permission } from './middleware/permission.ts';
import { rate } from './middleware/rate.ts';
import { scope } from './middleware/scope.ts';
import { session } from './middleware/session.ts';
import type { Stage } from './middleware/stage.ts';
import { cmsFailure, sapiResponse } from './pages.ts';
import type { Parts } from './parts.ts';
import type { RouteAction } from './routes.ts';
import { transportError } from './transport-error.ts';

export type Controller = (context: RequestContext) => ServerResponse | Promise<ServerResponse>;

/** A route's way from the request to its answer. */
export type Pipeline = (context: RequestContext) => Promise<ServerResponse>;

/** API: token, scope, actor, rate. What is thrown below the token check becomes eMCP's own 500. */
export function apiPipeline(parts: Parts, controller: Controller): Pipeline {
  const stages = [jwt(parts), scope(parts), actor, rate(parts)];
  return async (context) => {
    try {
      return traced(parts, context, await run(stages, controller, context));
    } catch (error) {
      return broken(parts, context, error);
    }
  };
}

/** Manager: session, permission, actor, rate, and for a dispatch its own permission after the count. */
export function managerPipeline(parts: Parts, controller: Controller, action: RouteAction): Pipeline {
  const login = session(parts);
  const stages = [permission(parts.settings.acl.permission), actor, rate(parts)];
  if (action === 'dispatch') stages.push(permission('emcp_dispatch'));
  return async (context) => {
    try {
      const step = await login(context);
      if (step.kind === 'answer') return step.response;
      return traced(parts, context, await run(stages, controller, step.context));
    } catch (error) {
      logFailure(parts, context, error);
      return cmsFailure();
    }
  };
}

async function run(stages: readonly Stage[], controller: Controller, start: RequestContext): Promise<ServerResponse> {
  let context = start;
  for (const stage of stages) {
    const step = await stage(context);
    if (step.kind === 'answer') return step.response;
    context = step.context;
  }
  return controller(context);
}

/** Every answer eMCP makes names the trace. */
function traced({ settings }: Parts, { trace }: RequestContext, response: ServerResponse): ServerResponse {
  return trace.header === '' ? response : withHeaders(response, [[settings.trace.header, trace.header]]);
}

function broken(parts: Parts, context: RequestContext, error: unknown): ServerResponse {
  logFailure(parts, context, error);
  try {
    return traced(parts, context, transportError('internal_error', context));
  } catch {
    // The trace id is not UTF-8, so not even this error can be written: sApi answers, without a trace id.
    return sapiResponse(500, 'The answer could not be written');
  }
}

function logFailure({ ports, settings }: Parts, context: RequestContext, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  ports.log('error', { channel: settings.logging.channel, trace_id: context.trace.text ?? '', message });
}
