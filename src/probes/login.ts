import type { Codec } from '../journal/recorder.ts';
import { at } from '../model/json.ts';
import type { LoginProbe, Token } from '../model/probes.ts';
import type { Redactor } from '../model/redaction.ts';
import { readToken } from './jwt.ts';
import { exchangeOf, responseOf, type Response } from './http-response.ts';
import { prepare, type RouteOptions } from './route.ts';
import type { RoutePlace } from './route-place.ts';

export interface LoginOptions extends Omit<RouteOptions, 'name'>, RoutePlace {
  readonly username: string;
  readonly password: string;
  readonly redactor: Redactor;
}

/** The sApi token endpoint; of its response only status, size and what the token says are journaled. */
export function createLogin(options: LoginOptions): LoginProbe {
  const { username, password, redactor, recorder, http } = options;
  return {
    async login() {
      const request = prepare({ path: options.path, body: { username, password } }, options);
      const asked = { request: { method: 'POST', url: request.url.href, user: username } };
      const recorded = await recorder.record(loginCodec, asked, async () => {
        const response = responseOf(request, await http.send(request), { ...options, brief: recorder.brief });
        const value = response.parsed.kind === 'json' ? at(response.parsed.value, 'object', 'token') : undefined;
        if (typeof value !== 'string' || value === '') return { response, token: undefined };
        redactor.learn(value, GRANTED);
        return { response, token: readToken(value, GRANTED) };
      });
      const { response: value, token } = recorded.value;
      return { exchange: exchangeOf(request, { ...recorded, value }), token };
    },
  };
}

const GRANTED = 'granted token';

interface LoggedIn {
  readonly response: Response;
  readonly token: Token | undefined;
}

/** Everything but the token itself and what came around it. */
const loginCodec: Codec<'login', LoggedIn> = {
  kind: 'login',
  keep({ response: { status, answeredBy, bytes }, token }) {
    if (token === undefined) return { status, answeredBy, bytes };
    const { subject, scopes } = token;
    const said = { ...(subject === undefined ? {} : { subject }), ...(scopes === undefined ? {} : { scopes }) };
    return { status, answeredBy, bytes, token: said };
  },
  read({ status, answeredBy, bytes, token }) {
    const parsed = { kind: 'not-json', why: 'not kept, as a token is in it' } as const;
    const who = answeredBy ?? { kind: 'unreadable', status, why: 'who answered was not kept' };
    const timing = { firstByteMs: 0, totalMs: 0 };
    return {
      response: { status, answeredBy: who, bytes, headers: [], text: '', parsed, timing },
      token: token && { label: GRANTED, value: `(${GRANTED})`, subject: token.subject, scopes: token.scopes },
    };
  },
};
