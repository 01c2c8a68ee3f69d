import type { Exchange } from '../model/evidence.ts';
import { at } from '../model/json.ts';
import type { LoginProbe } from '../model/probes.ts';
import type { Redactor } from '../model/redaction.ts';
import { readToken } from './jwt.ts';
import { exchangeOf, prepare, type RouteOptions } from './route.ts';

export interface LoginOptions extends RouteOptions {
  readonly username: string;
  readonly password: string;
  readonly redactor: Redactor;
}

/** The sApi token endpoint; of its answer only status and size are journaled. */
export function createLogin(options: LoginOptions): LoginProbe {
  const { username, password, redactor, recorder, http } = options;
  return {
    async login() {
      const request = prepare({ path: options.path, body: { username, password } }, options);
      const question = { method: 'POST', url: request.url.href, user: username };
      const { value, evidence } = await recorder.ask({ probe: 'login', question }, async () => {
        const reply = await http.send(request);
        const exchange = exchangeOf(request, reply, recorder);
        const { status, answeredBy } = exchange;
        return { value: exchange, outcome: { status, answeredBy, bytes: reply.body.length } };
      });
      const exchange: Exchange = { ...value, evidence };
      const token = exchange.parsed.kind === 'json' ? at(exchange.parsed.value, 'object', 'token') : undefined;
      if (typeof token !== 'string' || token === '') return { exchange, token: undefined };
      redactor.learn(token, 'granted token');
      return { exchange, token: readToken(token, 'granted token') };
    },
  };
}
