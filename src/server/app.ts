import { readMethod } from './controllers/reading.ts';
import { answerToken } from './controllers/token.ts';
import type { RequestContext } from './context.ts';
import { phpTrim } from './json/cast.ts';
import { parseJson, type Parsed } from './json/parse.ts';
import type { App, HeaderList, ServerRequest, ServerResponse } from './message.ts';
import { answerOffRoute } from './off-route.ts';
import { cmsFailure } from './pages.ts';
import type { Parts } from './parts.ts';
import { apiPipeline, managerPipeline, type Controller, type Pipeline } from './pipeline.ts';
import { matchPath, routesOf, type RouteMatch } from './routes.ts';
import { headerText, readTrace } from './trace.ts';
import { transportError } from './transport-error.ts';

export interface Controllers {
  readonly mcp: Controller;
  readonly dispatch: Controller;
}

/** The server as a function: routing, the pipelines, and the headers PHP and the CMS put on every answer. */
export function createApp(parts: Parts, controllers: Controllers): App {
  const routes = routesOf(parts.settings);
  const pipelines = createPipelines(parts, controllers);
  return async (sent, signal) => {
    const request = overridden(sent);
    if (request === undefined || !boots(parts)) return bare(cmsFailure());
    const fitting = matchPath(routes, request.path);
    const match = fitting.find(({ route }) => route.methods.includes(request.method));
    if (match === undefined) return bare(answerOffRoute(request, fitting, parts.settings));
    const context = contextOf(parts, { request, match, signal });
    const response =
      match.route.kind === 'token' ? answerToken(parts, request) : await pipelines[match.route.kind](match)(context);
    return dressed(parts, { request, match, response, context });
  };
}

type Pipelines = Readonly<Record<'api' | 'manager', (match: RouteMatch) => Pipeline>>;

function createPipelines(parts: Parts, { mcp, dispatch }: Controllers): Pipelines {
  const notAllowed: Controller = (context) => transportError('method_not_allowed', context);
  // The listing is shadowed by `GET /{server}`, so its controller is never reached.
  const controllers = { mcp, dispatch, 'method-not-allowed': notAllowed, servers: notAllowed, token: notAllowed };
  const actions = ['mcp', 'dispatch', 'method-not-allowed', 'servers', 'token'] as const;
  const api = new Map(actions.map((action) => [action, apiPipeline(parts, controllers[action])]));
  const manager = new Map(actions.map((action) => [action, managerPipeline(parts, controllers[action], action)]));
  const missing: Pipeline = () => Promise.resolve(cmsFailure());
  return {
    api: ({ route }) => api.get(route.action) ?? missing,
    manager: ({ route }) => manager.get(route.action) ?? missing,
  };
}

/** With `app.debug` on a rejected server entry keeps the application from booting. */
function boots({ services, settings, ports }: Parts): boolean {
  try {
    services.registry.all();
    return true;
  } catch (error) {
    ports.log('error', { channel: settings.logging.channel, message: String(error) });
    return false;
  }
}

/** Symfony lets a POST name another method; `undefined` for what it refuses. */
function overridden(request: ServerRequest): ServerRequest | undefined {
  if (request.method !== 'POST') return request;
  const named = headerText(request, 'x-http-method-override') || new URLSearchParams(request.query).get('_method');
  if (named === null || named === '') return request;
  const method = named.toUpperCase();
  return /^[A-Z]+$/.test(method) ? { ...request, method } : undefined;
}

interface Matched {
  readonly request: ServerRequest;
  readonly match: RouteMatch;
  readonly signal: AbortSignal;
}

function contextOf({ settings, ports, services }: Parts, { request, match, signal }: Matched): RequestContext {
  const session = services.sessions.find(headerText(request, 'cookie'));
  let parsed: Parsed | undefined;
  const payload = (): Parsed => (parsed ??= parseJson(request.body));
  return {
    request,
    route: match.route.kind === 'api' ? 'api' : 'manager',
    server: match.server,
    trace: readTrace(request, settings, ports),
    requestId: phpTrim(headerText(request, 'x-request-id')) || ports.uuid(),
    payload,
    rpcMethod: () => readMethod(payload()),
    claims: undefined,
    user: session === undefined ? undefined : services.accounts.manager(session.userId),
    actor: { context: 'cli', userId: null },
    identity: `ip:${request.remoteAddress}`,
    startedAt: ports.now(),
    signal,
  };
}

const SESSION_CACHE = ['Cache-Control', 'private, must-revalidate'] as const;

function bare(response: ServerResponse): ServerResponse {
  return { ...response, headers: [SESSION_CACHE, ...response.headers] };
}

interface Answered {
  readonly request: ServerRequest;
  readonly match: RouteMatch;
  readonly response: ServerResponse;
  readonly context: RequestContext;
}

/** Adds what sApi and the session middleware add on their way out. */
function dressed(parts: Parts, { request, match, response, context }: Answered): ServerResponse {
  const { services, ports } = parts;
  const sent = phpTrim(headerText(request, 'x-request-id')).slice(0, 128);
  const requestId = match.route.kind === 'manager' ? [] : [['X-Request-Id', sent || ports.uuid()] as const];
  const session = services.sessions.find(headerText(request, 'cookie'));
  const cookie = ['Set-Cookie', services.sessions.cookie(session)] as const;
  const headers: HeaderList = [SESSION_CACHE, ...response.headers, ...requestId, cookie];
  logAccess(parts, { request, match, response, context });
  return { ...response, headers, body: request.method === 'HEAD' ? '' : response.body };
}

/** sApi's access line, without the body of failed requests. */
function logAccess({ settings, ports }: Parts, { request, match, response, context }: Answered): void {
  if (match.route.kind === 'manager' || !settings.logging.accessEnabled) return;
  const now = ports.now();
  ports.log('access', {
    ts: new Date(now).toISOString(),
    request_id: context.requestId,
    method: request.method,
    path: request.path,
    status: response.status,
    duration_ms: now - context.startedAt,
    ip: request.remoteAddress,
    ua: headerText(request, 'user-agent').slice(0, 200),
  });
}
