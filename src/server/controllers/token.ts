import { phpTrim, toText } from '../json/cast.ts';
import { parseJson } from '../json/parse.ts';
import { member } from '../json/value.ts';
import type { ServerRequest, ServerResponse } from '../message.ts';
import { sapiResponse } from '../pages.ts';
import type { Parts } from '../parts.ts';
import { issueToken } from '../services/token-issuer.ts';
import { headerText } from '../trace.ts';

/** The login behind `POST …/token`; mirrors sApi's token controller, its word for an omitted password included. */
export function answerToken({ settings, ports, services }: Parts, request: ServerRequest): ServerResponse {
  const field = fieldsOf(request);
  const username = phpTrim(field('username') ?? '');
  if (username === '') return sapiResponse(422, 'A username is needed.');
  const login = services.accounts.login(username, field('password') ?? 'password');
  if (login.kind === 'unknown-user') return sapiResponse(404, 'There is no such user.');
  if (login.kind !== 'known') return sapiResponse(401, 'The password is wrong.');
  if (!settings.sapi.allowedUserRoles.includes(login.role)) return sapiResponse(403, 'The role may not log in here.');
  if (settings.sapi.jwtSecret === '') return sapiResponse(500, 'SAPI_JWT_SECRET is empty');
  return sapiResponse(200, '', { token: issueToken(login.username, settings, ports) });
}

function fieldsOf(request: ServerRequest): (name: string) => string | undefined {
  if (headerText(request, 'content-type').includes('json')) {
    const parsed = parseJson(request.body);
    return (name) => {
      const value = parsed.kind === 'value' ? member(parsed.value, name) : undefined;
      return value === undefined || value === null ? undefined : toText(value);
    };
  }
  const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
  return (name) => form.get(name) ?? undefined;
}
