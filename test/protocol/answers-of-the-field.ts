import { gzipSync } from 'node:zlib';
import type { RawAnswer } from '../support/answers.ts';

type Headers = NonNullable<RawAnswer['headers']>;
type Row = readonly [name: string, answer: RawAnswer, by: string];

const HTML = ['Content-Type', 'text/html; charset=UTF-8'] as const;
const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const TEXT = ['Content-Type', 'text/plain; charset=utf-8'] as const;

function page(status: number, body: string, headers: Headers = []): RawAnswer {
  return { status, headers: [HTML, ...headers], body };
}

function json(status: number, value: unknown, headers: Headers = []): RawAnswer {
  return { status, headers: [JSON_TYPE, ...headers], body: JSON.stringify(value) };
}

function text(status: number, body: string, headers: Headers = []): RawAnswer {
  return { status, headers: [TEXT, ...headers], body };
}

const server = (name: string): Headers => [['Server', name]];
/** What the front controller of the CMS puts on every answer. */
const MARK: Headers = [['Cache-Control', 'private, must-revalidate']];

function cmsPage(status: number, body: string, headers: Headers = []): RawAnswer {
  return page(status, body, [...MARK, ...headers]);
}

function nginxPage(status: number, words: string, name = 'nginx'): string {
  const title = `${status} ${words}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${name}</center>\r\n</body>\r\n</html>\r\n`;
}

function site(title: string, content: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body>${content}</body></html>`;
}

const GATEWAYS: readonly Row[] = [
  [
    'nginx, which adds a header to everything',
    page(403, nginxPage(403, 'Forbidden'), [['X-eMCP-Node', 'web1']]),
    'gateway nginx',
  ],
  ['nginx, 502', page(502, nginxPage(502, 'Bad Gateway', 'nginx/1.24.0'), server('nginx/1.24.0')), 'gateway nginx'],
  ['nginx, 504', page(504, nginxPage(504, 'Gateway Time-out')), 'gateway nginx'],
  ['nginx, 403', page(403, nginxPage(403, 'Forbidden')), 'gateway nginx'],
  ['nginx, 404', page(404, nginxPage(404, 'Not Found')), 'gateway nginx'],
  ['nginx, 413', page(413, nginxPage(413, 'Request Entity Too Large')), 'gateway nginx'],
  [
    'a page of nginx that is declared as JSON',
    { status: 403, headers: [JSON_TYPE], body: nginxPage(403, 'Forbidden') },
    'gateway nginx',
  ],
  ['the first page of nginx', page(200, site('Welcome to nginx!', '<h1>Welcome</h1>')), 'gateway nginx'],
  ['openresty, 502', page(502, nginxPage(502, 'Bad Gateway', 'openresty')), 'gateway openresty'],
  [
    'Apache, 503',
    page(
      503,
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>503 Service Unavailable</title>\n</head><body>\n<h1>Service Unavailable</h1>\n</body></html>',
      server('Apache/2.4.57 (Debian)'),
    ),
    'gateway Apache',
  ],
  [
    'Apache, 404',
    page(
      404,
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN"><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><hr>\n<address>Apache/2.4 Server at cms Port 80</address></body></html>',
    ),
    'gateway Apache',
  ],
  ['the first page of Apache', page(200, site('Apache2 Debian Default Page: It works', 'It works')), 'gateway Apache'],
  [
    'HAProxy, 503',
    page(
      503,
      '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n',
    ),
    'gateway HAProxy',
  ],
  [
    'HAProxy, 403',
    page(403, '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n'),
    'gateway HAProxy',
  ],
  [
    'Envoy without upstream',
    text(503, 'upstream connect error or disconnect/reset before headers. reset reason: connection failure'),
    'gateway Envoy',
  ],
  ['Envoy, no healthy upstream', text(503, 'no healthy upstream', server('envoy')), 'gateway Envoy'],
  ['Envoy by a rule of Istio', text(403, 'RBAC: access denied', server('istio-envoy')), 'gateway Envoy'],
  [
    'Varnish, 503',
    page(
      503,
      '<!DOCTYPE html><html><head><title>503 Backend fetch failed</title></head><body><h3>Guru Meditation:</h3><p>XID: 3</p></body></html>',
      server('Varnish'),
    ),
    'gateway Varnish',
  ],
  [
    'Squid, 503',
    page(
      503,
      '<html><head><title>ERROR: The requested URL could not be retrieved</title><!-- ERR_CONNECT_FAIL --></head></html>',
      [['Via', '1.1 cache.example.org (squid/5.7)']],
    ),
    'gateway Squid',
  ],
  ['Traefik, 502', text(502, 'Bad Gateway'), 'gateway Traefik'],
  ['Traefik, 404', text(404, '404 page not found\n'), 'gateway a Go server, such as Traefik'],
  ['Caddy, 502', { status: 502, headers: server('Caddy') }, 'gateway Caddy'],
  ['Caddy, 404', { status: 404, headers: server('Caddy') }, 'gateway Caddy'],
  [
    'IIS, 500',
    page(500, site('500 - Internal server error.', '<fieldset><h2>500 - Internal server error.</h2></fieldset>')),
    'gateway IIS',
  ],
  [
    'the kernel of IIS, 503',
    page(
      503,
      '<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD><BODY><h2>Service Unavailable</h2><hr><p>HTTP Error 503. The service is unavailable.</p></BODY></HTML>',
      server('Microsoft-HTTPAPI/2.0'),
    ),
    'gateway IIS',
  ],
  [
    'a load balancer of AWS without targets',
    page(
      503,
      '<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n',
      server('awselb/2.0'),
    ),
    'gateway AWS load balancer',
  ],
  [
    'a load balancer of AWS that refuses',
    page(403, '<html><head><title>403 Forbidden</title></head></html>', server('awselb/2.0')),
    'gateway AWS load balancer',
  ],
  [
    'the API gateway of AWS',
    json(403, { message: 'Forbidden' }, [['x-amzn-ErrorType', 'ForbiddenException']]),
    'gateway AWS API Gateway',
  ],
  [
    'CloudFront',
    page(403, '<HTML><BODY><H1>403 ERROR</H1><PRE>Generated by cloudfront (CloudFront)</PRE></BODY></HTML>', [
      ['Server', 'CloudFront'],
      ['X-Cache', 'Error from cloudfront'],
    ]),
    'gateway CloudFront',
  ],
  ...[502, 520, 521, 522, 523, 524, 525, 526, 527, 530].map((status): Row => [
    `Cloudflare, ${status}`,
    page(status, `<title>cms.example.org | ${status}</title><div id="cf-error-details"></div>`, server('cloudflare')),
    'gateway Cloudflare',
  ]),
  ['Cloudflare for a program', text(521, 'error code: 521', server('cloudflare')), 'gateway Cloudflare'],
  [
    'Cloudflare, rule 1020',
    page(403, '<title>Access denied | cms.example.org</title><div id="cf-error-details">Error 1020</div>'),
    'gateway Cloudflare',
  ],
  [
    'Cloudflare as JSON',
    json(403, { type: 'https://example.org', cloudflare_error: true, error_code: 1010 }, server('cloudflare')),
    'gateway Cloudflare',
  ],
  [
    'Akamai',
    page(
      403,
      '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou may not see this.<P>\nReference&#32;&#35;18&#46;1\n</BODY></HTML>',
      server('AkamaiGHost'),
    ),
    'gateway Akamai',
  ],
  ['Imperva', page(403, 'Request unsuccessful. Incapsula incident ID: 1-2'), 'gateway Imperva'],
  ['Imperva, 200', page(200, '<html>Request unsuccessful. Incapsula incident ID: 1-2</html>'), 'gateway Imperva'],
  [
    'a firewall that answers with 200',
    page(200, '<html><title>Request Rejected</title>The requested URL was rejected.</html>'),
    'gateway a firewall',
  ],
  ['a firewall that says 404', page(404, site('Blocked', '<h1>Access Denied</h1>')), 'gateway a firewall'],
  ['a wall', page(400, site('Attention Required!', ''), server('nginx')), 'gateway nginx'],
  ['PHP-FPM without a script', page(404, 'File not found.\n', [['X-Powered-By', 'PHP/8.4']]), 'gateway PHP-FPM'],
  [
    'ModSecurity',
    page(406, '<h1>Not Acceptable!</h1><p>This error was generated by Mod_Security.</p>', server('Apache')),
    'gateway ModSecurity',
  ],
  [
    'a firewall without a name',
    page(403, '<title>Blocked</title><p>Your request was blocked.</p>'),
    'gateway a firewall',
  ],
  ['Kong', json(404, { message: 'no Route matched with those values' }, server('kong/3.6.1')), 'gateway Kong'],
  ['an ingress without a backend', text(404, 'default backend - 404'), 'gateway Kubernetes ingress'],
  ['Express', page(404, site('Error', '<pre>Cannot POST /api/v1/mcp/content</pre>')), 'gateway Express'],
  ['a Python server', json(404, { detail: 'Not Found' }, server('uvicorn')), 'gateway uvicorn'],
  ['a gateway that gives no name', { status: 502 }, 'gateway a gateway'],
];

const LIMITERS: readonly Row[] = [
  [
    'limit_req of nginx as it comes',
    page(503, nginxPage(503, 'Service Temporarily Unavailable'), server('nginx')),
    'limiter-in-front nginx',
  ],
  ['limit_req with status 429', page(429, nginxPage(429, 'Too Many Requests')), 'limiter-in-front nginx'],
  [
    'Cloudflare, 1015',
    page(429, '<title>Access denied</title><div id="cf-error-details">Error 1015</div>', server('cloudflare')),
    'limiter-in-front Cloudflare',
  ],
  ['Kong', json(429, { message: 'API rate limit exceeded' }, server('kong/3.6.1')), 'limiter-in-front Kong'],
  ['Envoy', text(429, 'local_rate_limited', server('envoy')), 'limiter-in-front Envoy'],
  ['a limiter of the framework', json(429, { message: 'Too Many Attempts.' }), 'limiter-in-front a limiter'],
  [
    "an error in eMCP's shape without a trace id",
    json(429, { error: { code: 'rate_limited', message: 'Slow down' } }, [['Retry-After', '60']]),
    'limiter-in-front a limiter',
  ],
  ['maintenance with an end', page(503, '<h1>Back soon</h1>', [['Retry-After', '600']]), 'limiter-in-front a limiter'],
];

const keycloak = site(
  'Sign in to site',
  '<form id="kc-form-login" action="/realms/site"><input name="username"><input name="password" type="password"></form>',
);
const proxySignIn = site('Sign In', '<form method="GET" action="/oauth2/start"><button>Sign in</button></form>');
const adfs = site(
  'Sign In',
  '<form id="loginForm" action="https://adfs.example.org:443/adfs/ls/?SAMLRequest=x"><input name="Password" type="password"></form>',
);

const CHALLENGES: readonly Row[] = [
  ['auth_request of nginx', page(401, nginxPage(401, 'Authorization Required')), 'challenge credentials'],
  ['a page without a scheme', page(401, '<h1>401 Unauthorized</h1>', server('nginx')), 'challenge credentials'],
  [
    'Basic',
    page(401, nginxPage(401, 'Authorization Required'), [['WWW-Authenticate', 'Basic realm="site"']]),
    'challenge HTTP Basic',
  ],
  ['Digest', page(401, '<h1>401</h1>', [['WWW-Authenticate', 'Digest realm="a", nonce="b"']]), 'challenge HTTP Digest'],
  [
    'Negotiate or NTLM',
    page(401, '<h1>401</h1>', [
      ['WWW-Authenticate', 'Negotiate'],
      ['WWW-Authenticate', 'NTLM'],
    ]),
    'challenge HTTP Negotiate',
  ],
  [
    'Bearer of a gateway',
    json(401, { error: 'invalid_token' }, [['WWW-Authenticate', 'Bearer resource_metadata="https://a.example"']]),
    'challenge HTTP Bearer',
  ],
  [
    'a proxy',
    page(407, '<h1>407</h1>', [['Proxy-Authenticate', 'Basic realm="p"']]),
    'challenge credentials for the proxy',
  ],
  ['a hotel', page(511, '<title>Network</title>'), 'challenge a sign-on to the network'],
  [
    'Cloudflare, by its header',
    page(403, site('Just a moment...', ''), [
      ['cf-mitigated', 'challenge'],
      ['Server', 'cloudflare'],
    ]),
    'challenge Cloudflare',
  ],
  [
    'Cloudflare, by its page',
    page(503, site('Just a moment...', '<script>window._cf_chl_opt={}</script>')),
    'challenge Cloudflare',
  ],
  ['the firewall of AWS', { status: 405, headers: [['x-amzn-waf-action', 'captcha']] }, 'challenge AWS WAF captcha'],
  [
    'Imperva',
    page(200, '<html><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=1"></iframe></html>'),
    'challenge Imperva',
  ],
  ['DataDome', page(403, '<script src="https://ct.captcha-delivery.com/c.js"></script>'), 'challenge DataDome'],
  ['a captcha', page(403, site('Checking', '<div class="g-recaptcha"></div>')), 'challenge a captcha'],
  [
    'a check of the browser',
    page(200, site('One moment, please...', '<script></script>')),
    'challenge a check of the browser',
  ],
  ['Keycloak, 200', page(200, keycloak), 'challenge single sign-on'],
  ['Keycloak, 401', page(401, keycloak), 'challenge single sign-on'],
  ['ADFS', page(200, adfs), 'challenge single sign-on'],
  ['Authelia', page(401, site('Login - Authelia', '<div id="root"></div>')), 'challenge single sign-on'],
  ['oauth2-proxy', page(403, proxySignIn), 'challenge single sign-on'],
  [
    'SAML by POST',
    page(200, '<body onload="document.forms[0].submit()"><input type="hidden" name="SAMLRequest" value="x"></body>'),
    'challenge single sign-on',
  ],
  [
    'a page that goes to Microsoft',
    page(200, '<script>location.href = "https://login.microsoftonline.com/common/oauth2"</script>'),
    'challenge single sign-on',
  ],
  [
    'another sign-in page',
    page(200, site('Log in', '<input name="password" type="password">')),
    'challenge a sign-in page',
  ],
  ['a sign-in page with HTTP 403', page(403, site('Portal', '<input type=password>')), 'challenge a sign-in page'],
  [
    "Google's identity proxy",
    page(401, 'Invalid IAP credentials', [['x-goog-iap-generated-response', 'true']]),
    'challenge single sign-on',
  ],
];

function to(location: string, status = 302): RawAnswer {
  return { status, headers: [['Location', location], HTML], body: `<a href="${location}">moved</a>` };
}

const REDIRECTS: readonly Row[] = [
  [
    'to https',
    to('https://cms.example.org/api/v1/mcp/content', 301),
    'redirect https://cms.example.org/api/v1/mcp/content',
  ],
  ['to a slash', to('/api/v1/mcp/content/', 308), 'redirect http://cms.example.org/api/v1/mcp/content/'],
  ['to another host', to('//www.example.org/api/v1/mcp/content'), 'redirect http://www.example.org/api/v1/mcp/content'],
  ['to the site', to('/'), 'redirect http://cms.example.org/'],
  ['to nowhere', to('http://[/'), 'redirect (a Location that is no web address)'],
  ['to no web', to('app:open?token=secret'), 'redirect (a Location that is no web address)'],
  [
    'to Cloudflare Access',
    to('https://team.cloudflareaccess.com/cdn-cgi/access/login/cms.example.org?kid=secret&meta=secret'),
    'challenge a sign-on at https://team.cloudflareaccess.com/cdn-cgi/access/login/cms.example.org',
  ],
  [
    'to Keycloak',
    to('https://id.example.org/realms/site/protocol/openid-connect/auth?state=secret'),
    'challenge a sign-on at https://id.example.org/realms/site/protocol/openid-connect/auth',
  ],
  [
    'to ADFS',
    to('https://adfs.example.org/adfs/ls/?wa=wsignin1.0'),
    'challenge a sign-on at https://adfs.example.org/adfs/ls/',
  ],
  [
    'to SAML',
    to('https://idp.example.org/start?SAMLRequest=secret'),
    'challenge a sign-on at https://idp.example.org/start',
  ],
  ['to oauth2-proxy', to('/oauth2/sign_in?rd=x'), 'challenge a sign-on at http://cms.example.org/oauth2/sign_in'],
  ['to a login page', to('/login'), 'challenge a sign-on at http://cms.example.org/login'],
];

const laravelDump = { message: 'Boom', exception: 'RuntimeException', file: '/srv/app/A.php', line: 3, trace: [] };
const symfonyDump = { title: 'An error occurred', status: 500, class: 'RuntimeException', trace: [{ file: 'a.php' }] };

const DEBUG_PAGES: readonly Row[] = [
  ['Laravel as JSON', json(500, laravelDump), 'debug-page'],
  ['Symfony as JSON', json(500, symfonyDump), 'debug-page'],
  [
    'Symfony as a problem document',
    { status: 500, headers: [['Content-Type', 'application/problem+json']], body: JSON.stringify(symfonyDump) },
    'debug-page',
  ],
  ['Symfony', page(500, site('Boom (500)', '<div class="exception-message-wrapper"></div>')), 'debug-page'],
  ['Whoops', page(500, site('Whoops! There was an error.', '<div class="Whoops container"></div>')), 'debug-page'],
  ['Ignition', page(500, site('\u{1F9E8} Boom', '<script>window.data = {}</script>')), 'debug-page'],
  ['Laravel 11', page(500, site('Laravel', '<div class="laravel-exceptions-renderer"></div>')), 'debug-page'],
  [
    'a fatal error of PHP, 200',
    page(200, '<br />\n<b>Fatal error</b>:  Allowed memory size exhausted in <b>/srv/a.php</b> on line <b>3</b><br />'),
    'debug-page',
  ],
  [
    'a fatal error of PHP as text, 500',
    text(500, 'PHP Fatal error:  Uncaught RuntimeException: Boom in /srv/a.php:3\nStack trace:\n#0 {main}'),
    'debug-page',
  ],
  [
    'a fatal error before the end of the JSON',
    { status: 200, headers: [JSON_TYPE], body: '{"jsonrpc":"2.0",\nParse error: syntax error in /srv/a.php on line 3' },
    'debug-page',
  ],
];

const loginForm =
  '<form method="post" name="loginfrm" id="loginfrm" action="processors/login.processor.php"><input name="username"><input type="password" name="password"></form>';
const CLOUDFLARE_SCRIPT = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>';

const CMS: readonly Row[] = [
  ['the login page', page(200, site('Log in', loginForm)), 'cms login'],
  [
    'the login page with a link to a sign-on',
    page(200, site('Log in', `${loginForm}<a href="/oauth2/start">x</a>`)),
    'cms login',
  ],
  [
    'the login page behind Cloudflare',
    page(200, site('Log in', loginForm + CLOUDFLARE_SCRIPT), server('cloudflare')),
    'cms login',
  ],
  ['the 404 page', cmsPage(404, site('Not found', '<h1>Not found</h1>'), server('nginx')), 'cms not-found'],
  [
    'the 404 page, by its session alone',
    page(404, site('Not found', ''), [['Set-Cookie', 'evo_session=0123; path=/; httponly']]),
    'cms not-found',
  ],
  ['a 404 page with a login form', cmsPage(404, site('Not found', '<input type="password">')), 'cms not-found'],
  ['a 404 page without a body, for HEAD', { method: 'HEAD', ...cmsPage(404, '') }, 'cms not-found'],
  ['the home page', cmsPage(200, site('Home', '<h1>Hello</h1>'), server('Apache')), 'cms home'],
  ['a home page without a body, for HEAD', { method: 'HEAD', ...cmsPage(200, '') }, 'cms home'],
  ['a home page with a login form', cmsPage(200, site('Home', '<input type="password" name="password">')), 'cms home'],
  ['a home page with a form for letters', cmsPage(200, site('Home', '<div class="g-recaptcha"></div>')), 'cms home'],
  ['a home page behind Cloudflare', cmsPage(200, site('Home', CLOUDFLARE_SCRIPT), server('cloudflare')), 'cms home'],
  ['a home page about firewalls', cmsPage(200, site('Access denied: a history', '<h1>Blocked by</h1>')), 'cms home'],
  [
    'a home page about errors',
    cmsPage(200, site('Blog', 'What "Fatal error:" means; Stack trace: and so on')),
    'cms home',
  ],
  [
    'a home page with a way to sign on',
    cmsPage(200, site('Home', '<a href="/oauth2/authorize">Sign in</a> authelia')),
    'cms home',
  ],
  [
    'the refusal of a form, as JSON',
    json(403, { error: 'CSRF token mismatch', code: 'csrf_token_mismatch' }),
    'cms csrf',
  ],
  [
    'the refusal of a form, as text',
    text(403, 'The session token has changed or is missing.', [...MARK, ['Cache-Control', 'no-store, private']]),
    'cms csrf',
  ],
  ['a page that refuses', cmsPage(403, site('Refused', '<h1>Not for you</h1>')), 'cms error'],
  ['the error page', cmsPage(500, site('Content Manager', '<h2>Parse Error</h2>')), 'cms error'],
  [
    'the error page with HTTP 200',
    cmsPage(200, site('Content Manager', '<h2>Evolution CMS Parse Error</h2>')),
    'cms error',
  ],
  ['nothing, after a fatal error', cmsPage(500, ''), 'cms error'],
];

const UNSIGNED: readonly Row[] = [
  ['a 404 page', page(404, site('Not found', '<h1>Not found</h1>'), server('nginx')), 'unsigned-page text/html'],
  ['maintenance with HTTP 200', page(200, site('Back soon', '<h1>Maintenance</h1>')), 'unsigned-page text/html'],
  ['maintenance with HTTP 500', page(500, site('Back soon', '<h1>Maintenance</h1>')), 'unsigned-page text/html'],
  [
    'a page that forbids storing',
    page(404, site('404', ''), [['Cache-Control', 'no-cache, private']]),
    'unsigned-page text/html',
  ],
  [
    'a page of a framework that forbids storing',
    page(404, site('404', ''), [['Cache-Control', 'private, no-cache, no-store, max-age=0, must-revalidate']]),
    'unsigned-page text/html',
  ],
  [
    'a page with an age',
    page(404, site('404', ''), [['Cache-Control', 'private, must-revalidate, max-age=0']]),
    'unsigned-page text/html',
  ],
  ['a page with a trace id', page(404, site('404', ''), [['X-Trace-Id', 'a-trace']]), 'unsigned-page text/html'],
  [
    'a page with a session of its own',
    page(404, site('404', ''), [['Set-Cookie', 'PHPSESSID=1']]),
    'unsigned-page text/html',
  ],
  ['the login form, with HTTP 404', page(404, site('Log in', loginForm)), 'unsigned-page text/html'],
  [
    'a page about the login form',
    page(200, site('Manual', '<p>loginfrm, login.processor.php</p>')),
    'unsigned-page text/html',
  ],
];

const trace: Headers = [['X-Trace-Id', 'a-trace']];
const EARLIER = 'emcp-0a1b2c3d-0123456789ab';
const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
const ping = { jsonrpc: '2.0', id: 1, result: {} };

const EMCP: readonly Row[] = [
  ['a result', json(200, ping, [...MARK, ...trace]), 'emcp'],
  ['a result whose trace id has another header', json(200, ping, MARK), 'emcp'],
  ['a result whose cache policy was replaced', json(200, ping, [['Cache-Control', 'max-age=60'], ...trace]), 'emcp'],
  [
    'a stream whose cache policy was replaced',
    { status: 200, headers: [['Content-Type', 'text/event-stream'], ...trace] },
    'emcp',
  ],
  [
    'a result behind a proxy that joins headers',
    json(200, ping, [['cache-control', 'private, must-revalidate, no-cache, private']]),
    'emcp',
  ],
  [
    'a result behind a proxy that forbids storing',
    json(200, ping, [
      ['Cache-Control', 'no-store'],
      ['Set-Cookie', 'evo_session=0; path=/'],
    ]),
    'emcp',
  ],
  [
    'a result behind Cloudflare',
    json(200, ping, [...MARK, ['Server', 'cloudflare'], ['CF-Cache-Status', 'DYNAMIC'], ['Age', '0']]),
    'emcp',
  ],
  [
    'a result past caches that did not have it',
    json(200, ping, [...MARK, ['X-Cache', 'MISS'], ['Cache-Status', 'edge; fwd=method'], ['X-Varnish', '65540']]),
    'emcp',
  ],
  ['a result past a cache that never keeps it', json(200, ping, [...MARK, ['X-Cache', 'HIT-FOR-PASS']]), 'emcp'],
  ['a result past another', json(200, ping, [...MARK, ['X-Cache', 'hit-for-miss']]), 'emcp'],
  [
    'a result past a cache with such a name',
    json(200, ping, [...MARK, ['Cache-Status', '"cache-hit"; fwd=uri-miss']]),
    'emcp',
  ],
  [
    'a result past a cache whose name has such a word',
    json(200, ping, [...MARK, ['X-Cache', 'MISS from edge-hit-1']]),
    'emcp',
  ],
  ['a result past a cache that counts', json(200, ping, [...MARK, ['X-Cache', 'Hit-Rate 0']]), 'emcp'],
  [
    'a result whose trace id a proxy shortened',
    {
      ...json(200, ping, [...MARK, ['X-Trace-Id', EARLIER]]),
      sent: { headers: { 'x-trace-id': `${EARLIER}-trace` }, body: PING },
    },
    'emcp',
  ],
  ['a result past a cache that says no', json(200, ping, [...MARK, ['X-Cache', 'NO-HIT']]), 'emcp'],
  [
    'a result whose trace id a proxy appended to',
    {
      ...json(200, ping, [...MARK, ['X-Trace-Id', `${EARLIER},gw-7`]]),
      sent: { headers: { 'x-trace-id': EARLIER }, body: PING },
    },
    'emcp',
  ],
  ['a result that is declared as not encoded', json(200, ping, [...MARK, ['Content-Encoding', '']]), 'emcp'],
  ['an error without an id', json(200, { jsonrpc: '2.0', error: { code: -32700, message: 'x' } }, MARK), 'emcp'],
  ['405 for HEAD', { method: 'HEAD', status: 405, headers: [JSON_TYPE, ...MARK, ...trace] }, 'emcp'],
  ['405 for HEAD without a trace id', { method: 'HEAD', status: 405, headers: [JSON_TYPE, ...MARK] }, 'emcp'],
  ['405 for HEAD without a media type', { method: 'HEAD', status: 405, headers: MARK }, 'emcp'],
  [
    '405 for HEAD whose cache policy was replaced',
    { method: 'HEAD', status: 405, headers: [JSON_TYPE, ...trace] },
    'emcp',
  ],
  [
    'a platform without a trace id',
    json(200, { ...ping, result: { serverInfo: { name: 'a', platform: 'eMCP' } } }),
    'emcp',
  ],
  [
    'a transport error whose trace id a proxy set',
    json(401, { error: { code: 'unauthenticated', message: 'x', trace_id: 't' } }, [['X-Trace-Id', 't']]),
    'emcp',
  ],
  ['a transport error without a trace id', json(403, { error: { code: 'scope_denied', message: 'x' } }, MARK), 'emcp'],
  [
    'a transport error that was never traced',
    json(401, { error: { code: 'unauthenticated', message: 'x', trace_id: '' } }, MARK),
    'emcp',
  ],
  [
    'its own limit',
    json(429, { error: { code: 'rate_limited', message: 'x', trace_id: 't' } }, [
      ['Retry-After', '9'],
      ['X-Trace-Id', 't'],
    ]),
    'emcp',
  ],
  ['a state of a task', json(202, { status: 'accepted', reused: false, task_id: 1, trace_id: 't' }), 'emcp'],
  [
    'a state of a task that was queued before',
    json(202, { status: 'accepted', reused: true, task_id: 1, trace_id: EARLIER }, MARK),
    'emcp',
  ],
  ['an accepted notification', { status: 202, headers: [JSON_TYPE, ...MARK, ...trace] }, 'emcp'],
  [
    'a stream',
    {
      status: 200,
      headers: [
        ['Content-Type', 'text/event-stream'],
        ['X-eMCP-Heartbeat-Seconds', '15'],
      ],
    },
    'emcp',
  ],
];

const SAPI: readonly Row[] = [
  ['no credentials', json(422, { success: false, message: 'Username is required.', object: {}, code: 422 }), 'sapi'],
  ['a token', json(200, { success: true, message: '', object: { token: 'x' }, code: 200 }), 'sapi'],
];

const INITIALIZE = { body: '{"jsonrpc":"2.0","id":1,"method":"initialize"}' };
const sdkInitialize = {
  jsonrpc: '2.0',
  id: 1,
  result: { serverInfo: { name: 'demo', version: '1' }, capabilities: {} },
};
const sdkError = (code: number, message: string) => ({ jsonrpc: '2.0', error: { code, message }, id: null });

const OTHER_MCP: readonly Row[] = [
  [
    'initialize of the official SDK',
    {
      status: 200,
      headers: [['Content-Type', 'text/event-stream']],
      body: `event: message\ndata: ${JSON.stringify(sdkInitialize)}\n\n`,
    },
    'other-mcp demo',
  ],
  ['initialize as JSON', json(200, sdkInitialize), 'other-mcp demo'],
  [
    'initialize behind a gateway that repeats the trace id',
    { ...json(200, sdkInitialize, trace), sent: INITIALIZE },
    'other-mcp demo',
  ],
  [
    'a refused initialize behind such a gateway',
    { ...json(200, { jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'x' } }, trace), sent: INITIALIZE },
    'other-mcp no name given',
  ],
  ['no session', json(400, sdkError(-32000, 'Bad Request: No valid session ID provided')), 'other-mcp no name given'],
  ['not acceptable', json(406, sdkError(-32000, 'Not Acceptable')), 'other-mcp no name given'],
  ['no such session', json(404, sdkError(-32001, 'Session not found')), 'other-mcp no name given'],
  ['a result under another id', json(200, { ...ping, id: 2 }, MARK), 'other-mcp its id is not that of the request'],
  [
    'a result without an id',
    json(200, { jsonrpc: '2.0', result: {} }, MARK),
    'other-mcp its id is not that of the request',
  ],
  ['a result under no id', json(200, { ...ping, id: null }, MARK), 'other-mcp its id is not that of the request'],
  ['a result without a trace id', json(200, ping), 'other-mcp no name given'],
  ['neither a result nor an error', json(200, { jsonrpc: '2.0', id: 1 }, trace), 'other-mcp no name given'],
  ['a later era', json(200, { jsonrpc: '2.0', id: 1, result: { resultType: 'complete' } }), 'other-mcp no name given'],
];

const CACHES: readonly Row[] = [
  ['with an age', json(200, ping, [...MARK, ['Age', '31']]), 'cache no name given'],
  ['of nginx', json(200, ping, [...MARK, ['X-Cache-Status', 'HIT'], ['Server', 'nginx']]), 'cache nginx'],
  [
    'of Cloudflare',
    cmsPage(404, site('404', ''), [
      ['CF-Cache-Status', 'HIT'],
      ['Server', 'cloudflare'],
    ]),
    'cache Cloudflare',
  ],
  [
    'of Cloudflare, which asks later',
    json(200, ping, [
      ['CF-Cache-Status', 'STALE'],
      ['Server', 'cloudflare'],
    ]),
    'cache Cloudflare',
  ],
  [
    'of CloudFront',
    json(200, ping, [
      ['X-Cache', 'Hit from cloudfront'],
      ['Via', '1.1 a.cloudfront.net'],
    ]),
    'cache CloudFront',
  ],
  ['of Squid', json(200, ping, [['X-Cache', 'TCP_MEM_HIT from proxy']]), 'cache no name given'],
  ['of Fastly behind another', json(200, ping, [['X-Cache', 'HIT, MISS']]), 'cache no name given'],
  [
    'of Varnish',
    json(200, ping, [
      ['X-Varnish', '65540 32771'],
      ['Via', '1.1 varnish (Varnish/7.4)'],
    ]),
    'cache Varnish',
  ],
  ['by the standard', json(200, ping, [['Cache-Status', 'edge; hit; ttl=30']]), 'cache no name given'],
  [
    'of an earlier refusal',
    json(401, { error: { code: 'unauthenticated', message: 'x', trace_id: EARLIER } }),
    'cache no name given',
  ],
  [
    'of a token',
    json(200, { success: true, message: '', object: {}, code: 200 }, [['X-Request-Id', EARLIER]]),
    'cache no name given',
  ],
  [
    'of a dispatch',
    json(202, { status: 'accepted', reused: false, task_id: 1, trace_id: EARLIER }, MARK),
    'cache no name given',
  ],
  ['that tells by the trace id alone', json(200, ping, [...MARK, ['X-Trace-Id', EARLIER]]), 'cache no name given'],
];

const cut = JSON.stringify({ ...ping, result: { text: 'long' } }).slice(0, -5);

const UNREADABLE: readonly Row[] = [
  [
    'compression that was not asked for',
    { status: 200, headers: [JSON_TYPE, ['Content-Encoding', 'GZIP']], body: gzipSync(JSON.stringify(ping)) },
    'unreadable encoded as gzip',
  ],
  [
    'a byte order mark',
    { status: 200, headers: [JSON_TYPE], body: `\uFEFF${JSON.stringify(ping)}` },
    'unreadable begins with a byte order mark',
  ],
  [
    'no UTF-8',
    { status: 200, headers: [JSON_TYPE], body: new Uint8Array([0x22, 0xff, 0x22]) },
    'unreadable not valid UTF-8',
  ],
  ['a page declared as JSON', { status: 200, headers: [JSON_TYPE], body: '<html></html>' }, 'unreadable markup'],
  ['JSON that was cut', { status: 200, headers: [JSON_TYPE], body: cut }, 'unreadable cut in the middle'],
  [
    'notices of PHP before the JSON',
    {
      status: 200,
      headers: [JSON_TYPE],
      body: `<br />\n<b>Deprecated</b>: old in a.php on line 3\n${JSON.stringify(ping)}`,
    },
    'unreadable something else before the JSON',
  ],
  ['nothing', { status: 200, headers: [JSON_TYPE] }, 'unreadable empty'],
  ['an empty page', page(200, ' \n'), 'unreadable empty'],
  ['text', text(200, 'ok'), 'unreadable declared as text/plain'],
  ['JSON as text', text(200, JSON.stringify(ping)), 'unreadable declared as text/plain'],
  ['nothing at all', { status: 200 }, 'unreadable empty'],
  ['JSON of a health check', json(200, { status: 'ok' }), 'unreadable JSON of another shape'],
  ['JSON of a refusal', json(403, { message: 'Forbidden' }), 'unreadable JSON of another shape'],
  [
    'a refusal with a common code',
    json(403, { error: { code: 'forbidden', message: 'x' } }),
    'unreadable JSON of another shape',
  ],
  [
    'a refusal with a common code and a header that was repeated',
    json(403, { error: { code: 'forbidden', message: 'x' } }, trace),
    'unreadable JSON of another shape',
  ],
  [
    'a refusal with a code of eMCP and a header that was repeated',
    json(413, { error: { code: 'payload_too_large', message: 'x' } }, trace),
    'unreadable JSON of another shape',
  ],
  [
    'a result beside an error',
    json(200, { ...ping, error: { code: -32603, message: 'x' } }, MARK),
    'unreadable both a result and an error',
  ],
  ['anything with a header that was repeated', json(200, { status: 'ok' }, trace), 'unreadable JSON of another shape'],
  ['405 for HEAD of nobody', { method: 'HEAD', status: 405, headers: [JSON_TYPE] }, 'unreadable empty'],
  [
    'an echo',
    json(200, { jsonrpc: '2.0', id: 1, method: 'ping' }, trace),
    'unreadable a request in place of a response',
  ],
  [
    'a refusal with a trace id of its own',
    json(401, { error: { code: 'unauthenticated', message: 'x', trace_id: 't' } }),
    'unreadable JSON of another shape',
  ],
  ['a result that was emptied', { status: 200, headers: [JSON_TYPE, ...MARK, ...trace] }, 'unreadable empty'],
  ['an accepted notification', { status: 202, headers: [JSON_TYPE, ...trace] }, 'unreadable empty'],
  ['a state of something else', json(202, { status: 'accepted', reused: false }), 'unreadable JSON of another shape'],
  [
    'a form that has expired',
    text(403, 'Your session has expired.', [['Cache-Control', 'no-store']]),
    'unreadable declared as text/plain',
  ],
  [
    'a refusal of a form with another status',
    json(400, { error: 'CSRF token mismatch', code: 'csrf_token_mismatch' }),
    'unreadable JSON of another shape',
  ],
  [
    'a refusal of a form in other words',
    json(403, { code: 'csrf_token_mismatch' }),
    'unreadable JSON of another shape',
  ],
  [
    'an answer of an API',
    json(403, { success: false, errors: [{ code: 10_000 }] }),
    'unreadable JSON of another shape',
  ],
  ['a batch', json(200, [ping]), 'unreadable JSON of another shape'],
  ['a page that redirects to nothing', page(301, '<h1>Moved</h1>'), 'unreadable a redirect without a Location'],
  ['a redirect to nothing', { status: 304 }, 'unreadable a redirect without a Location'],
];

/** Answers as they are met, each with who gave it. */
export const ANSWERS = {
  emcp: EMCP,
  sapi: SAPI,
  cms: CMS,
  'unsigned-page': UNSIGNED,
  cache: CACHES,
  redirect: REDIRECTS,
  challenge: CHALLENGES,
  gateway: GATEWAYS,
  'limiter-in-front': LIMITERS,
  'debug-page': DEBUG_PAGES,
  'other-mcp': OTHER_MCP,
  unreadable: UNREADABLE,
} as const satisfies Readonly<Record<string, readonly Row[]>>;
