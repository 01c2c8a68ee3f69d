import { answerInFront, htmlPage, plainAnswer, tamper, type Answer, type Question } from '../../src/kit/index.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';

const HTML = 'text/html; charset=UTF-8';

function page(status: number, text: string, headers: Answer['headers'] = []): Answer {
  return plainAnswer(status, HTML, text, headers);
}

function json(status: number, value: unknown, headers: Answer['headers'] = []): Answer {
  return plainAnswer(status, 'application/json', JSON.stringify(value), headers);
}

const nginx = (status: number, words: string): Answer =>
  page(status, `<center><h1>${status} ${words}</h1></center>\n<hr><center>nginx</center>`, [['Server', 'nginx']]);

interface Front {
  readonly answer: Answer;
  /** A part of the sentence that says who answered. */
  readonly named: string;
}

/** Those that stand in front of the CMS, so that neither it nor eMCP was reached. */
export const IN_FRONT: Readonly<Record<string, Front>> = {
  'a redirect': {
    answer: page(302, '', [['Location', 'https://www.example.org/']]),
    named: 'redirected to https://www.',
  },
  'a sign-on elsewhere': { answer: page(302, '', [['Location', '/oauth2/sign_in']]), named: 'a sign-on at http://' },
  'a challenge': { answer: page(403, '<title>Just a moment...</title>'), named: 'challenge (Cloudflare)' },
  'a password of the web server': {
    answer: page(401, '', [['WWW-Authenticate', 'Basic realm="x"']]),
    named: 'challenge (HTTP Basic)',
  },
  'a sign-in page': {
    answer: page(200, '<title>Sign in</title><input name="password" type="password">'),
    named: 'challenge (a sign-in page)',
  },
  'a bad gateway': { answer: nginx(502, 'Bad Gateway'), named: 'answered by nginx' },
  'a rule of a firewall': { answer: nginx(403, 'Forbidden'), named: 'answered by nginx' },
  'a missing page of the web server': { answer: nginx(404, 'Not Found'), named: 'answered by nginx' },
  'a limiter': { answer: nginx(429, 'Too Many Requests'), named: 'limited by nginx' },
  'a debug page': { answer: page(500, '<b>Fatal error</b>: Boom in a.php on line <b>3</b>'), named: 'a debug page' },
  'a page that nobody signed': {
    answer: page(404, '<h1>Not found</h1>'),
    named: 'a page (text/html) that nobody signed',
  },
  'maintenance with HTTP 200': {
    answer: page(200, '<h1>Back soon</h1>'),
    named: 'a page (text/html) that nobody signed',
  },
  'PHP-FPM': { answer: page(404, 'File not found.\n'), named: 'answered by PHP-FPM' },
  'a page with HTTP 401': { answer: page(401, '<h1>Unauthorized</h1>'), named: 'challenge (credentials)' },
  'a firewall with HTTP 200': { answer: page(200, '<title>Request Rejected</title>'), named: 'answered by a firewall' },
  'a cache': {
    answer: json(401, { error: { code: 'unauthenticated', message: 'x', trace_id: 't' } }, [['Age', '31']]),
    named: 'answered by a cache',
  },
  'another MCP server': {
    answer: json(400, { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'No valid session ID' } }),
    named: 'another MCP server',
  },
  'JSON of something else': { answer: json(200, { status: 'ok' }), named: 'JSON of another shape' },
  'an empty answer': { answer: page(200, ''), named: 'cannot be read as one of eMCP (empty)' },
};

/** Limiters with shapes of their own. */
export const LIMITERS: Readonly<Record<string, Front>> = {
  'nginx, 503': { answer: nginx(503, 'Service Temporarily Unavailable'), named: 'limited by nginx' },
  'nginx, 429': { answer: nginx(429, 'Too Many Requests'), named: 'limited by nginx' },
  Kong: {
    answer: json(429, { message: 'API rate limit exceeded' }, [['Server', 'kong/3.6']]),
    named: 'limited by Kong',
  },
  "eMCP's code without a trace id": {
    answer: json(429, { error: { code: 'rate_limited', message: 'Wait' } }, [['Retry-After', '30']]),
    named: 'limited by a limiter',
  },
  'an overloaded balancer': { answer: page(503, '<h1>Busy</h1>'), named: 'answered by a gateway' },
};

/** Refusals that a gateway makes of its own. */
export const REFUSALS: Readonly<Record<string, Front>> = {
  'no words, 401': { answer: json(401, { message: 'Unauthorized' }), named: 'JSON of another shape' },
  'no words, 403': { answer: json(403, { message: 'Forbidden' }), named: 'JSON of another shape' },
  "eMCP's code, 401": {
    answer: json(401, { error: { code: 'unauthenticated', message: 'No' } }),
    named: 'another shape',
  },
  "eMCP's code, 403": { answer: json(403, { error: { code: 'forbidden', message: 'No' } }), named: 'another shape' },
  'Kong, 401': { answer: json(401, { message: 'No API key' }, [['Server', 'kong/3.6']]), named: 'answered by Kong' },
  'OAuth, 401': {
    answer: json(401, { error: 'invalid_token' }, [['WWW-Authenticate', 'Bearer error="invalid_token"']]),
    named: 'challenge (HTTP Bearer)',
  },
};

/** Pages of the CMS: eMCP was not reached, but the CMS was. */
export const CMS_PAGES: Readonly<Record<string, Front>> = {
  'the home page': { answer: htmlPage(200), named: 'a page of the site' },
  'the 404 page': { answer: htmlPage(404), named: 'the 404 page of the CMS' },
  'the error page': { answer: htmlPage(500), named: 'an error page of the CMS' },
  'the login page': {
    answer: page(200, '<form name="loginfrm"><input name="password"></form>'),
    named: 'the login page',
  },
};

/** A server that is never reached, or where the rule says so; what a rule counts begins anew with each server. */
export function replaced(
  answer: Answer,
  makeRule?: () => (question: Question, answer: Answer) => boolean,
): ServerTweak {
  if (makeRule === undefined) return { app: answerInFront(() => answer) };
  return { app: (app) => tamper(makeRule(), () => answer)(app) };
}

/** Lets so many requests through, and none after them. */
export function afterRequests(count: number) {
  return () => {
    let seen = 0;
    return (): boolean => (seen += 1) > count;
  };
}
