import type { ServerRequest, ServerResponse } from './message.ts';
import { cmsFailure, cmsHome, cmsMethodNotAllowed, cmsNotFound, sapiResponse } from './pages.ts';
import type { RouteMatch } from './routes.ts';
import type { Settings } from './settings.ts';

/** The methods the CMS's catch-all takes; any other breaks its router. */
const CAUGHT = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What the front controller answers where no route of ours fits; contract §2.5. */
export function answerOffRoute(
  request: ServerRequest,
  fitting: readonly RouteMatch[],
  { offRoute, sapi }: Settings,
): ServerResponse {
  const allow = [...new Set(fitting.flatMap(({ route }) => route.methods))].join(',');
  switch (offRoute) {
    case 'sapi':
      if (request.path.startsWith(`/${sapi.basePath}/`)) return sapiResponse(404, 'Not here.');
      return fitting.length === 0 ? cmsNotFound() : isolatedRouter(request, allow);
    case '405':
      return fitting.length === 0 ? cmsNotFound() : cmsMethodNotAllowed(allow);
    case 'home':
      return CAUGHT.has(request.method) ? cmsHome() : cmsFailure();
    case '404':
      return CAUGHT.has(request.method) ? cmsNotFound() : cmsFailure();
  }
}

function isolatedRouter(request: ServerRequest, allow: string): ServerResponse {
  if (request.method !== 'OPTIONS') return cmsMethodNotAllowed(allow);
  return { status: 200, headers: [['Allow', allow]], body: '' };
}
