import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ProtocolError } from '../../src/model/errors.ts';
import { header, headers } from '../../src/model/evidence.ts';
import { at, type JsonObject } from '../../src/model/json.ts';
import { FRESH_ID } from '../../src/model/requests.ts';
import { seededIds } from '../../src/probes/ids.ts';
import { createJournal } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';
import { createRoute } from '../../src/probes/route.ts';
import { legacy } from '../../src/protocol/eras/legacy.ts';
import { clientWith, leasedHttp, listening } from './peer.ts';

const token = { label: 'sound token', value: 'opaque-token-0123456789', subject: undefined, scopes: undefined };
const session = { label: 'manager session', cookie: 'evo_session=cookie-value-0123456789', csrf: 'csrf-0123456789' };

/** A route of a server that answers so, and what reached it. */
async function routeTo(answer: RequestListener, prefix = '') {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  const baseUrl = new URL(prefix, await listening(server));
  const journal = createJournal(createRedactor());
  const route = createRoute({
    name: 'mcp',
    http: leasedHttp(clientWith({ limits: { bodyBytes: 100_000 } })),
    era: legacy,
    baseUrl,
    path: '/api/v1/mcp/{server}',
    defaultPath: '/api/v1/mcp/{server}',
    servers: ['content', 'other'],
    recorder: journal.recorderFor('a/b'),
    personalData: journal.personalData,
    ids: seededIds('seed', 'a/b'),
  });
  return { route, requests, journal: journal.entries };
}

const sound: RequestListener = (_request, response) =>
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end('{"result":{"a":1}}');

function answers(body: string | Buffer, type = 'application/json', more: Readonly<Record<string, string>> = {}) {
  return routeTo((_request, response) => response.writeHead(200, { 'Content-Type': type, ...more }).end(body));
}

describe('a request on a route', () => {
  it('carries what every request carries, and a trace of its own', async () => {
    const { route, requests } = await routeTo(sound);
    await route.send({ body: {} });
    await route.send({});
    const [first, second] = requests;
    expect(first).toMatchObject({
      method: 'POST',
      url: '/api/v1/mcp/content',
      headers: {
        accept: 'application/json, text/event-stream',
        'accept-encoding': 'identity',
        'content-type': 'application/json',
      },
    });
    expect(second?.headers['content-type']).toBeUndefined();
    const traces = requests.flatMap(({ headers: sent }) => [sent['x-trace-id'], sent['x-request-id']]);
    expect(new Set(traces).size).toBe(4);
    expect(traces.every((trace) => /^[\x21-\x7E]{8,64}$/.test(String(trace)))).toBe(true);
  });

  it.each([
    ['the first handle, under a prefix', {}, '/cms/api/v1/mcp/content'],
    ['another handle', { server: 'other' }, '/cms/api/v1/mcp/other'],
    ['a handle that is no word', { server: '../a b?#' }, '/cms/api/v1/mcp/..%2Fa%20b%3F%23'],
    ['the dispatch route', { to: 'dispatch' }, '/cms/api/v1/mcp/content/dispatch'],
    ['another path', { path: '/v2/{server}/x?y=1' }, '/cms/v2/content/x?y=1'],
    ['a path that looks like another origin', { path: '//other.test/{server}' }, '/cms//other.test/content'],
  ] as const)('goes to %s', async (_name, request, url) => {
    const { route, requests } = await routeTo(sound, '/cms/');
    await route.send(request);
    expect(requests.map((seen) => seen.url)).toEqual([url]);
  });

  it('carries the credential it was given, and no other', async () => {
    const { route, requests } = await routeTo(sound);
    await route.send({ token });
    await route.send({ session });
    await route.send({});
    const sent = requests.map(({ headers: seen }) => [seen.authorization, seen.cookie, seen['x-csrf-token']]);
    expect(sent).toEqual([
      [`Bearer ${token.value}`, undefined, undefined],
      [undefined, session.cookie, session.csrf],
      [undefined, undefined, undefined],
    ]);
  });

  it('has a message id that no other has where a check leaves it open, in as many bytes', async () => {
    const bodies: string[] = [];
    const { route } = await routeTo((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => sound(request, response));
    });
    const body = { jsonrpc: '2.0', id: FRESH_ID, method: 'ping' };
    await route.send({ body });
    await route.send({ body });
    await route.send({ body: { raw: JSON.stringify(body) } });
    expect(new Set(bodies).size).toBe(3);
    expect(bodies.map(({ length }) => length)).toEqual(bodies.map(() => JSON.stringify(body).length));
    expect(bodies.join('')).not.toContain(String(FRESH_ID));
  });

  it('takes no cookie from one answer to the next request', async () => {
    const { route, requests } = await routeTo((_request, response) =>
      response.writeHead(200, { 'Set-Cookie': 'evo_session=from-the-server' }).end(),
    );
    await route.send({});
    await route.send({});
    expect(requests.map(({ headers: sent }) => sent.cookie)).toEqual([undefined, undefined]);
  });

  it.each([301, 302, 303, 307, 308])('follows no %i, so that no credential leaves its origin', async (status) => {
    const elsewhere = await routeTo(sound);
    const { url: target } = (await elsewhere.route.send({})).request;
    const { route, requests } = await routeTo((_request, response) =>
      response.writeHead(status, { Location: target }).end(),
    );
    const both = await route.send({ token, session, body: {} });
    expect([both.status, header(both, 'location')]).toEqual([status, target]);
    expect([requests.length, elsewhere.requests.length]).toEqual([1, 1]);
  });

  it('lets a header be replaced or left out by name, whatever its case', async () => {
    const { route, requests } = await routeTo(sound);
    await route.send({ token, headers: { 'X-Trace-Id': 'mine', Accept: null, AUTHORIZATION: null } });
    expect(requests[0]?.headers).toMatchObject({ 'x-trace-id': 'mine' });
    expect(requests[0]?.headers.accept).toBeUndefined();
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  it('sends raw bytes as they are', async () => {
    const bodies: Buffer[] = [];
    const { route } = await routeTo((request, response) => {
      request.on('data', (piece: Buffer) => bodies.push(piece));
      request.on('end', () => response.end());
    });
    await route.send({ body: { raw: new Uint8Array([0xff, 0, 0x7b]) } });
    await route.send({ body: { raw: '{"a":' } });
    expect(bodies.map((body) => body.toString('latin1'))).toEqual(['\xFF\0{', '{"a":']);
  });
});

describe('what a route keeps', () => {
  it('is no value of a cookie that stands beside others', async () => {
    const { route, journal } = await answers('you are cookie-value-0123456789', 'text/plain');
    const [name, value] = session.cookie.split('=');
    const cookie = `lang=en; ${name}="${value}"; theme=dark`;
    await route.send({ session: { ...session, cookie }, body: {} });
    expect(JSON.stringify(journal())).not.toContain('cookie-value');
  });

  it('names credentials and the cookies it was handed, and keeps no value of them', async () => {
    const { route, journal } = await routeTo((_request, response) =>
      response.writeHead(200, { 'Set-Cookie': ['a=handed-out-1; path=/', 'evo_b=handed-out-2'] }).end('{}'),
    );
    const exchange = await route.send({ token, session, body: { a: 1 } });
    expect(headers(exchange, 'set-cookie')).toHaveLength(2);
    const kept = JSON.stringify(journal());
    expect(kept).not.toMatch(/opaque-token|cookie-value|csrf-0123|handed-out/);
    expect(journal()).toMatchObject([
      { sequence: exchange.evidence, request: { bearer: token.label, session: session.label, body: '{"a":1}' } },
    ]);
  });
});

it.each(['?state=hush&code=hush-2', '#token=hush', '?hush'])(
  'a redirect is seen and kept without its %s',
  async (query) => {
    const target = `https://id.example.org/auth${query}`;
    const { route, journal } = await routeTo((_request, response) =>
      response.writeHead(302, { Location: target }).end(`<a href="${target.replaceAll('&', '&amp;')}">${target}</a>`),
    );
    expect(header(await route.send({}), 'location')).toBe('https://id.example.org/auth?…');
    const kept = JSON.stringify(journal());
    expect(kept).not.toContain('hush');
    expect(kept).toContain('https://id.example.org/auth?…');
  },
);

describe('a body', () => {
  it.each([
    ['JSON', '{"a":1}', 'application/json', { kind: 'json', value: { a: 1 } }],
    ['JSON of another type', '{"a":1}', 'text/html', { kind: 'not-json' }],
    ['a page that says it is JSON', '<html>', 'application/json', { kind: 'not-json', why: 'markup' }],
    ['nothing', '', 'application/json', { kind: 'not-json', why: 'empty' }],
    ['cut JSON', '{"a":', 'application/json', { kind: 'not-json', why: 'cut in the middle' }],
    ['not quite JSON', '{"a":}', 'application/json', { kind: 'not-json', why: 'malformed' }],
    ['JSON after a byte order mark', '\uFEFF{}', 'application/json', { kind: 'not-json' }],
    ['what is no number in JSON', '{"a":NaN}', 'application/json', { kind: 'not-json' }],
    ['a tower', '['.repeat(50_000), 'application/json', { kind: 'not-json', why: 'nested deeper than 200' }],
    ['brackets in a text', `"${'['.repeat(500)}"`, 'application/json', { kind: 'json' }],
  ])('that is %s is read strictly', async (_name, body, type, parsed) => {
    const { route } = await answers(body, type);
    expect((await route.send({})).parsed).toMatchObject(parsed);
  });

  it('that is no UTF-8 is shown, but is no JSON', async () => {
    const { route } = await answers(Buffer.from([0x22, 0xff, 0x22]));
    expect(await route.send({})).toMatchObject({ text: '"\uFFFD"', bytes: 3, parsed: { kind: 'not-json' } });
  });

  it('is never decompressed', async () => {
    const bomb = gzipSync('a'.repeat(50_000_000));
    const { route } = await answers(bomb, 'application/json', { 'Content-Encoding': 'gzip' });
    expect(await route.send({})).toMatchObject({ bytes: bomb.length, parsed: { kind: 'not-json' } });
  });

  it('writes to no prototype', async () => {
    const { route } = await answers('{"__proto__":{"polluted":1}}');
    const { parsed } = await route.send({});
    expect(parsed.kind === 'json' && Object.keys(parsed.value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('a JSON-RPC request', () => {
  it('is written as the legacy era writes it, key by key', async () => {
    const { route, journal } = await routeTo(sound);
    await route.request('tools/list');
    await route.request('tools/call', { name: 'a', arguments: {} }, { server: 'other', to: 'dispatch', id: 1.5 });
    await route.initialize('2025-06-18', { token });
    const [list, call, hello] = journal().map(({ request }) => request as JsonObject);
    expect(at(list, 'body')).toMatch(/^\{"jsonrpc":"2\.0","id":\d{12},"method":"tools\/list"\}$/);
    expect(call).toMatchObject({
      url: expect.stringMatching(/\/other\/dispatch$/) as string,
      body: '{"jsonrpc":"2.0","id":1.5,"method":"tools/call","params":{"name":"a","arguments":{}}}',
    });
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'emcp', version: '1' } };
    expect(hello).toMatchObject({
      bearer: token.label,
      body: expect.stringContaining(`,"method":"initialize","params":${JSON.stringify(params)}}`) as string,
    });
  });
});

describe('a call', () => {
  it('gives the result', async () => {
    const { route } = await routeTo(sound);
    expect(await route.call('ping')).toMatchObject({ result: { a: 1 }, evidence: 1 });
  });

  it.each([
    ['an error', 200, '{"error":{"code":1}}'],
    ['a result that is no object', 200, '{"result":"yes"}'],
    ['a list', 200, '[{"result":{}}]'],
    ['another status', 202, '{"result":{}}'],
  ])('that is answered with %s is a protocol error with its exchange', async (_name, status, body) => {
    const { route } = await routeTo((_request, response) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body),
    );
    const failure = await route.call('ping').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProtocolError);
    expect(failure).toMatchObject({ exchange: { status, text: body } });
  });
});

describe('an answer that comes a second time', () => {
  it('is of a cache, whatever trace id somebody had given the first', async () => {
    const mark = { 'Cache-Control': 'private, must-revalidate', 'X-Trace-Id': 'of-a-proxy' };
    const body = '{"error":{"code":"forbidden","message":"no","trace_id":"of-a-proxy"}}';
    const { route } = await routeTo((_request, response) =>
      response.writeHead(403, { 'Content-Type': 'application/json', ...mark }).end(body),
    );
    const first = await route.send({ body: {} });
    const second = await route.send({ body: {} });
    expect([first.answeredBy.kind, second.answeredBy.kind]).toEqual(['emcp', 'cache']);
  });
});

describe('a dispatch that a gateway answered', () => {
  it.each([
    ['by its name', { to: 'dispatch' as const }],
    ['by a path of its own', { path: '/api/v1/mcp/{server}/dispatch' }],
    ['in the name of a server', { server: 'content/dispatch' }],
  ])('is not sent again, however it is reached: %s', async (_name, where) => {
    const { route, requests } = await routeTo((_request, response) =>
      response.writeHead(502, { 'Content-Type': 'text/html' }).end('<center>nginx</center>'),
    );
    const { answeredBy } = await route.send({ ...where, body: {} });
    expect([answeredBy.kind, requests.length]).toEqual(['gateway', 1]);
  });
});
