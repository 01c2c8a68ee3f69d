import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { install, rpc } from './installation.ts';

const { send } = install({ settings: { 'rate_limit.enabled': false } });

describe('a JSON-RPC body', () => {
  it.each([
    ['nothing', ''],
    ['blanks', '  \n'],
    ['half an object', '{"jsonrpc":"2.0",'],
    ['an object and more', '{"jsonrpc":"2.0","id":1,"method":"ping"}x'],
    ['an object after a byte order mark', '\ufeff{"jsonrpc":"2.0","id":1,"method":"ping"}'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xc3, 0x22])],
    ['513 levels', '['.repeat(513) + ']'.repeat(513)],
    ['an unpaired surrogate', '"\\ud800"'],
  ])('of %s is a parse error without an id', async (_, body) => {
    const reply = await send({ body });
    expect([reply.status, reply.code, 'id' in (reply.json as object)]).toEqual([200, -32700, false]);
  });

  it.each(['null', '5', '"x"', 'true', 'TRUE'])('of %s breaks the handler, without an id', async (body) => {
    const reply = await send({ body });
    expect([reply.status, reply.code, 'id' in (reply.json as object)]).toEqual([200, -32603, false]);
  });

  it.each([
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['a batch', [rpc('ping')]],
    ['512 levels', '['.repeat(512) + ']'.repeat(512)],
    ['a message without a version', { method: 'ping' }],
    ['a notification without a method', { jsonrpc: '2.0' }],
    ['a notification whose method is a number', { jsonrpc: '2.0', method: 5 }],
  ])('of %s is no request, and has no id', async (_, body) => {
    const reply = await send({ body });
    expect([reply.status, reply.code, 'id' in (reply.json as object)]).toEqual([200, -32600, false]);
  });

  it.each([
    ['no version', { id: 7, method: 'ping' }],
    ['a numeric version', { jsonrpc: 2, id: 7, method: 'ping' }],
    ['no method', { jsonrpc: '2.0', id: 7 }],
    ['a result instead of a method', { jsonrpc: '2.0', id: 7, result: {} }],
    ['a list for a method', { jsonrpc: '2.0', id: 7, method: ['ping'] }],
  ])('with an id and %s is refused under that id', async (_, body) => {
    expect(await send({ body })).toMatchObject({ status: 200, code: -32600, json: { id: 7 } });
  });

  it.each([
    ['a fraction', '1.5'],
    ['a whole float', '1.0'],
    ['an exponent', '1e2'],
    ['minus zero', '-0'],
    ['more than 64 bits', '9223372036854775808'],
    ['a boolean', 'false'],
    ['a list', '[1]'],
    ['an object', '{}'],
  ])('whose id is %s ends in a 500', async (_, id) => {
    const reply = await send({ body: `{"jsonrpc":"2.0","id":${id},"method":"ping"}` });
    expect([reply.status, reply.code]).toEqual([500, 'internal_error']);
  });

  it.each(['0', '-1', '""', '"a"', '9223372036854775807', '-9223372036854775808', '9007199254740993'])(
    'gets its id %s back as it was',
    async (id) => {
      const reply = await send({ body: `{"jsonrpc":"2.0","id":${id},"method":"ping"}` });
      expect(reply.text).toBe(`{"jsonrpc":"2.0","id":${id},"result":{}}`);
    },
  );

  it.each(['ping', 'initialize', 'tools/call', 'notifications/initialized'])(
    'without an id is accepted and not run: %s',
    async (method) => {
      for (const id of [{}, { id: null }]) {
        const reply = await send({ body: { jsonrpc: '2.0', method, ...id } });
        expect([reply.status, reply.text]).toEqual([202, '']);
      }
    },
  );

  it('takes the last of two equal keys', async () => {
    const reply = await send({ body: '{"jsonrpc":"2.0","id":1,"method":"nope","id":2,"method":"ping"}' });
    expect(reply.text).toBe('{"jsonrpc":"2.0","id":2,"result":{}}');
  });

  it('keeps no prototype from a key named __proto__', async () => {
    const reply = await send({ body: '{"__proto__":{"id":9,"method":"ping"},"jsonrpc":"2.0","id":1,"method":"ping"}' });
    expect(reply.json).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  });

  it('with params that are no structure fails without an id', async () => {
    const reply = await send({ body: { ...rpc('ping'), params: 'x' } });
    expect([reply.code, 'id' in (reply.json as object)]).toEqual([-32603, false]);
  });

  it('with arguments that are no structure fails under its id', async () => {
    expect(await send({ body: rpc('ping', { arguments: 'x' }) })).toMatchObject({ code: -32603, json: { id: 1 } });
  });

  it('escapes slashes and non-ASCII, but no slashes after a successful initialize', async () => {
    const unknown = await send({ body: rpc('a/é') });
    expect(unknown.text).toContain('a\\/\\u00e9');
    const hello = await send({ body: rpc('initialize') });
    expect(hello.text).not.toContain('\\/');
  });

  it('never makes the server throw, whatever it is', async () => {
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .record(
          {
            jsonrpc: fc.constantFrom('2.0', 2, null),
            id: fc.jsonValue(),
            method: fc.constantFrom(
              'ping',
              'initialize',
              'tools/list',
              'tools/call',
              'prompts/get',
              'resources/read',
              5,
            ),
            params: fc.oneof(
              fc.jsonValue(),
              fc.record(
                {
                  name: fc.constantFrom('evo.content.get', 1),
                  arguments: fc.jsonValue(),
                  cursor: fc.jsonValue(),
                  per_page: fc.jsonValue(),
                },
                { requiredKeys: [] },
              ),
            ),
          },
          { requiredKeys: [] },
        )
        .map((value) => Buffer.from(JSON.stringify(value))),
    );
    const paths = fc.constantFrom(
      '/api/v1/mcp/content',
      '/api/v1/mcp/content/dispatch',
      '/api/v1/token',
      '/api/v1/mcp/%ff',
    );
    await fc.assert(
      fc.asyncProperty(bodies, paths, async (body, path) => {
        const reply = await send({ body, path });
        expect([200, 202, 400, 401, 403, 404, 415, 422, 500]).toContain(reply.status);
      }),
      { numRuns: 300 },
    );
  });
});
