import { describe, expect, it } from 'vitest';
import { headerOf } from '../../src/server/json-response.ts';
import { install, rpc, type Got } from './installation.ts';

const MCP = '/api/v1/mcp/content';

function media(reply: Got): string | undefined {
  return headerOf({ ...reply, body: '' }, 'Content-Type')?.split(';')[0];
}

describe('a path', () => {
  it.each(['/api/v1/mcp/content/', '/api/v1/mcp/content//', '/api/v1/mcp/%63ontent', '/api/v1/mcp/content?x=1'])(
    'leads to the server: %s',
    async (path) => {
      expect((await install().send({ path, body: rpc('ping') })).status).toBe(200);
    },
  );

  it.each(['/api/v1/mcp/con%20tent', '/api/v1/mcp/Content', '/api/v1/mcp/%E2%82%AC'])(
    'names a server that is not there: %s',
    async (path) => {
      expect((await install().send({ path, body: rpc('ping') })).code).toBe('server_not_found');
    },
  );

  it.each([
    '/api/v1//mcp/content',
    '/api/v2/mcp/content',
    '/api/v1/mcp',
    '/api/v1/mcp/content/x',
    '/api/v1/mcp/a%2Fb',
    '/api/v1/mcp/%ff',
  ])('leads nowhere: %s', async (path) => {
    const reply = await install().send({ path, body: rpc('ping') });
    expect([reply.status, media(reply)]).toEqual([404, 'text/html']);
  });

  it('moves with the prefixes', async () => {
    const { send } = install({ settings: { SAPI_BASE_PATH: 'rest', 'route.api_prefix': '' } });
    expect((await send({ path: '/rest/v1/content', body: rpc('ping') })).status).toBe(200);
    expect((await send({ body: rpc('ping') })).status).toBe(404);
  });

  it.each([{ 'mode.api': false }, { enable: false }])('of the API is gone with %j', async (settings) => {
    const reply = await install({ settings }).send({ body: rpc('ping') });
    expect([reply.status, media(reply)]).toEqual([404, 'text/html']);
  });
});

describe('off the routes', () => {
  it.each([
    ['404', 'DELETE', MCP, 404, 'text/html'],
    ['404', 'OPTIONS', '/emcp/content', 404, 'text/html'],
    ['404', 'GET', `${MCP}/dispatch`, 404, 'text/html'],
    ['404', 'TRACE', MCP, 500, 'text/html'],
    ['home', 'DELETE', MCP, 200, 'text/html'],
    ['sapi', 'DELETE', MCP, 404, 'application/json'],
    ['sapi', 'DELETE', '/emcp/content', 405, 'text/html'],
    ['sapi', 'OPTIONS', '/emcp/content', 200, undefined],
    ['405', 'DELETE', MCP, 405, 'text/html'],
    ['405', 'GET', '/nowhere', 404, 'text/html'],
  ])('with the parser %s, %s %s is answered with its page', async (parser, method, path, status, type) => {
    const reply = await install({ settings: { __parser: parser } }).send({ method, path });
    expect([reply.status, media(reply)]).toEqual([status, type]);
  });

  it('names no trace, request or session', async () => {
    const { headers } = await install().send({ method: 'DELETE' });
    expect(headers.map(([name]) => name)).toEqual(['Cache-Control', 'Content-Type']);
  });
});

describe('a POST that names another method', () => {
  it('is taken for that method', async () => {
    const { send } = install();
    const headers = (method: string) => ({ 'x-http-method-override': method });
    expect((await send({ headers: headers('get'), body: rpc('ping') })).status).toBe(405);
    expect((await send({ headers: headers('DELETE'), body: rpc('ping') })).status).toBe(404);
    expect((await send({ path: `${MCP}?_method=DELETE`, body: rpc('ping') })).status).toBe(404);
    expect((await send({ headers: headers('G-T'), body: rpc('ping') })).status).toBe(500);
  });
});

describe('HEAD', () => {
  it('answers as GET does, without the body', async () => {
    const { send } = install();
    const [sound, bare] = [await send({ method: 'HEAD' }), await send({ method: 'HEAD', claims: null })];
    expect([sound.status, sound.text, bare.status, bare.text]).toEqual([405, '', 401, '']);
  });
});
