import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import toolsList from '../../checks/protocol/tools-list.ts';
import { createJournal } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';
import { at, isObject, parseJson, type Json, type JsonObject } from '../../src/model/json.ts';
import type { RequestCount } from '../../src/model/requests.ts';
import { createAllowance } from '../../src/probes/allowance.ts';
import { seededIds } from '../../src/probes/ids.ts';
import { leaseHttp } from '../../src/probes/leased-http.ts';
import { createRoute } from '../../src/probes/route.ts';
import { createStream } from '../../src/probes/stream.ts';
import type { Era } from '../../src/protocol/eras/era.ts';
import { eraFor } from '../../src/protocol/eras/select.ts';
import { stockExpectations } from '../support/fakes.ts';
import { trial } from '../support/trial.ts';
import { clientWith, listening } from './peer.ts';

/** The method in a header and in `_meta`, and the result one level down. */
const dummy: Era = {
  id: 'dummy',
  revisions: { from: '2100-01-01' },
  introduction: (protocolVersion) => ({ speaks: protocolVersion }),
  request: ({ id, method, params }) => ({
    body: { jsonrpc: '2.0', id, params: { ...params, _meta: { method } } },
    headers: { 'Mcp-Method': method },
  }),
  resultOf({ parsed }) {
    const result = parsed.kind === 'json' ? at(parsed.value, 'result', 'value') : undefined;
    return isObject(result) ? result : undefined;
  },
};

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: Json | undefined;
}

/** Probes of a server that understands the dummy era alone, and what reached it. */
async function speaking(results: Readonly<Record<string, JsonObject>>, budget?: RequestCount) {
  const asked: Asked[] = [];
  const answer: (...given: Parameters<RequestListener>) => Promise<void> = async (request, response) => {
    const body = parseJson(await text(request));
    asked.push({ headers: request.headers, body });
    const method = at(body, 'params', '_meta', 'method');
    const known = typeof method === 'string' && method === request.headers['mcp-method'] ? results[method] : undefined;
    const said = known === undefined ? { error: { code: -32601 } } : { result: { value: known } };
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'private, must-revalidate' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id: at(body, 'id') ?? null, ...said }));
  };
  const { personalData, ...journal } = createJournal(createRedactor());
  const place = {
    era: dummy,
    http: leaseHttp(
      clientWith({ limits: { bodyBytes: 100_000 } }),
      createAllowance(budget, new AbortController().signal),
    ),
    baseUrl: await listening(createServer((...given) => void answer(...given))),
    path: '/api/v1/mcp/{server}',
    defaultPath: '/api/v1/mcp/{server}',
    servers: ['content'],
    recorder: journal.recorderFor('a/b'),
    personalData,
    ids: seededIds('seed', 'a/b'),
  };
  return { mcp: createRoute({ ...place, name: 'mcp' }), stream: createStream(place), asked };
}

describe('another era', () => {
  it('writes every request, and reads every result', async () => {
    const { mcp, stream, asked } = await speaking({ ping: {}, initialize: {}, 'tools/call': { one: 1 } });
    const headers = { 'X-Trace-Id': 'mine' };
    expect(await mcp.request('ping', undefined, { headers })).toMatchObject({ status: 200 });
    expect(await mcp.initialize('2100-01-01')).toMatchObject({ answeredBy: { kind: 'emcp' } });
    expect((await mcp.call('tools/call', { name: 'a' }, { id: 'x' })).result).toEqual({ one: 1 });
    await stream.watch('tools/call', { name: 'a' }, { id: 'y', seconds: 5 });
    await expect(mcp.call('tools/list')).rejects.toThrow('tools/list was answered with HTTP 200 and no result');
    expect(asked.map(({ headers: sent }) => sent['mcp-method'])).toEqual([
      'ping',
      'initialize',
      'tools/call',
      'tools/call',
      'tools/list',
    ]);
    expect(asked[0]?.headers['x-trace-id']).toBe('mine');
    expect(asked.slice(1, 4).map(({ body }) => body)).toEqual([
      {
        jsonrpc: '2.0',
        id: expect.any(Number) as number,
        params: { speaks: '2100-01-01', _meta: { method: 'initialize' } },
      },
      { jsonrpc: '2.0', id: 'x', params: { name: 'a', _meta: { method: 'tools/call' } } },
      { jsonrpc: '2.0', id: 'y', params: { name: 'a', _meta: { method: 'tools/call' } } },
    ]);
  });

  it('counts a request by its method, wherever that is written', async () => {
    const { mcp, asked } = await speaking({ ping: {} }, { ping: 1 });
    await mcp.request('ping');
    await expect(mcp.request('ping')).rejects.toThrow('more than the 1 ping requests');
    expect(asked).toHaveLength(1);
  });

  it('runs a check as it stands', async () => {
    const tools = stockExpectations.tools.map((name) => ({
      name,
      title: name,
      description: name,
      inputSchema: { type: 'object' },
    }));
    const { mcp, asked } = await speaking({ 'tools/list': { tools } }, { 'tools/list': 1 });
    const result = await trial(toolsList, { probes: { mcp } });
    expect([result.status, result.observations.length, asked.length]).toEqual(['pass', 4, 1]);
  });
});

describe('the era of a revision', () => {
  it.each(['2025-11-25', '2024-11-05', '2100-01-01', undefined])(
    'is the legacy one, as there is no other: %s',
    (version) => {
      expect(eraFor(version).id).toBe('legacy');
    },
  );
});
