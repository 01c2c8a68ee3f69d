import { member } from '../json/value.ts';
import { jsonResponse } from '../json-response.ts';
import type { RequestContext } from '../context.ts';
import type { ServerRequest, ServerResponse } from '../message.ts';
import { accessPage, loginPage } from '../pages.ts';
import type { Parts } from '../parts.ts';
import type { Session } from '../services/sessions.ts';
import { headerText } from '../trace.ts';
import { answer, next, type Stage } from './stage.ts';

/** The CMS's own manager middleware: login page, access page, and the CSRF rule of later cores. */
export function session({ settings, services }: Parts): Stage {
  return (context) => {
    const { request, user } = context;
    if (user === undefined) {
      // Action 0 is let through by the CMS, so that eMCP's own refusal is reached.
      return new URLSearchParams(request.query).get('a') === '0' ? next(context) : answer(loginPage());
    }
    if (!user.permissions.has('frames')) return answer(accessPage());
    const current = services.sessions.find(headerText(request, 'cookie'));
    if (settings.csrf === 'strict' && !isSafe(request.method) && !carriesToken(context, current)) {
      return answer(csrfRefusal(request));
    }
    return next(context);
  };
}

function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}

function carriesToken({ request, payload }: RequestContext, current: Session | undefined): boolean {
  const parsed = payload();
  const body = parsed.kind === 'value' ? member(parsed.value, '_token') : undefined;
  const sent = [headerText(request, 'x-csrf-token'), new URLSearchParams(request.query).get('_token'), body];
  return current !== undefined && sent.includes(current.csrfToken);
}

function csrfRefusal(request: ServerRequest): ServerResponse {
  const [firstType = ''] = headerText(request, 'accept').split(',');
  const isXhr = headerText(request, 'x-requested-with') === 'XMLHttpRequest';
  if (isXhr || /[/+]json/i.test(firstType)) {
    return jsonResponse(403, { error: 'CSRF token mismatch', code: 'csrf_token_mismatch' });
  }
  return {
    status: 403,
    headers: [
      ['Content-Type', 'text/plain; charset=UTF-8'],
      ['Cache-Control', 'no-store, private'],
    ],
    body: 'The form has expired. Load the manager again and retry.',
  };
}
