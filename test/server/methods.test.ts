import { describe, expect, it } from 'vitest';
import { headerOf } from '../../src/server/json-response.ts';
import { install, rpc } from './installation.ts';

const { send } = install({ settings: { 'rate_limit.enabled': false } });

interface Page {
  readonly result: { readonly tools: readonly { readonly name: string }[]; readonly nextCursor?: string };
}

async function list(params: unknown): Promise<Page['result']> {
  const { result } = (await send({ body: rpc('tools/list', params) })).json as Page;
  return result;
}

function cursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

describe('initialize', () => {
  it.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])('agrees on %s', async (protocolVersion) => {
    const reply = await send({ body: rpc('initialize', { protocolVersion }) });
    const { result } = reply.json as {
      readonly result: { readonly protocolVersion: string; readonly instructions?: string };
    };
    expect(result.protocolVersion).toBe(protocolVersion);
    expect('instructions' in result).toBe(protocolVersion >= '2025-06-18');
    expect(headerOf({ ...reply, body: '' }, 'MCP-Session-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['2026-07-28', '', 5, false, {}])('refuses the version %j, without a session', async (protocolVersion) => {
    const reply = await send({ body: rpc('initialize', { protocolVersion }) });
    expect(reply.code).toBe(-32602);
    expect(headerOf({ ...reply, body: '' }, 'MCP-Session-Id')).toBeUndefined();
  });

  it.each([{ clientInfo: 'x' }, { capabilities: 1 }])('fails on %j', async (params) => {
    expect((await send({ body: rpc('initialize', params) })).code).toBe(-32603);
  });

  it('names the toolset version that is configured', async () => {
    const other = install({ settings: { toolset_version: '9.9' } });
    const reply = await other.send({ body: rpc('initialize') });
    expect(reply.json).toMatchObject({ result: { capabilities: { evo: { toolsetVersion: '9.9' } } } });
  });
});

describe('tools/list', () => {
  it('has all fourteen tools on one page, with empty annotations', async () => {
    const page = await list({});
    expect(page.tools).toHaveLength(14);
    expect(page.nextCursor).toBeUndefined();
    expect(page.tools[0]).toMatchObject({ name: 'evo.content.search', annotations: {} });
  });

  it('goes on where a cursor says', async () => {
    const first = await list({ per_page: 10 });
    const rest = await list({ per_page: 10, cursor: first.nextCursor });
    expect(first.tools).toHaveLength(10);
    expect(rest.tools).toHaveLength(4);
    expect(rest.nextCursor).toBeUndefined();
  });

  it.each([
    ['a cursor that is no base64', { cursor: 'not-a-cursor' }, 14, undefined],
    ['a cursor that is no JSON', { cursor: 'eHg=' }, 14, undefined],
    ['an offset past the end', { cursor: cursor({ offset: 99 }) }, 0, undefined],
    ['an offset before the start', { cursor: cursor({ offset: -2 }) }, 2, 13],
    ['a numeric text as offset', { cursor: cursor({ offset: '12' }) }, 2, undefined],
    ['no size', { per_page: 0 }, 0, 0],
    ['a negative size', { per_page: -4 }, 10, -4],
    ['a size of null', { per_page: null }, 14, undefined],
  ])('trusts %s', async (_, params, shown, nextOffset) => {
    const page = await list(params);
    expect(page.tools).toHaveLength(shown);
    const given = page.nextCursor === undefined ? undefined : Buffer.from(page.nextCursor, 'base64').toString();
    expect(given).toBe(nextOffset === undefined ? undefined : JSON.stringify({ offset: nextOffset }));
  });

  it.each([{ per_page: '5' }, { per_page: 1.5 }, { cursor: 5 }, { cursor: ['x'] }])('fails on %j', async (params) => {
    expect((await send({ body: rpc('tools/list', params) })).code).toBe(-32603);
  });
});

describe('the other methods', () => {
  it.each([
    ['resources/list', 'resources'],
    ['resources/templates/list', 'resourceTemplates'],
    ['prompts/list', 'prompts'],
  ])('%s is empty', async (method, key) => {
    expect((await send({ body: rpc(method) })).json).toMatchObject({ result: { [key]: [] } });
  });

  it.each([
    ['resources/read', { uri: 'file://x' }, -32002],
    ['resources/read', {}, -32002],
    ['prompts/get', { name: 'x' }, -32602],
    ['prompts/get', {}, -32602],
    ['completion/complete', {}, -32601],
    ['logging/setLevel', {}, -32601],
    ['server/discover', {}, -32601],
    ['notifications/initialized', {}, -32601],
    ['tools/call', {}, -32602],
    ['tools/call', { name: null }, -32602],
    ['tools/call', { name: 5 }, -32602],
    ['tools/call', { name: 'evo.content.nope' }, -32602],
  ])('%s with %j is refused', async (method, params, code) => {
    expect((await send({ body: rpc(method, params) })).code).toBe(code);
  });
});

describe('tools/call', () => {
  it('mirrors structured content in its text', async () => {
    const body = rpc('tools/call', { name: 'evo.content.search', arguments: { limit: 1 } });
    const { result } = (await send({ body })).json as {
      readonly result: { readonly content: readonly { readonly text: string }[]; readonly structuredContent: unknown };
    };
    expect(JSON.parse(result.content[0]?.text ?? '')).toEqual(result.structuredContent);
  });

  it('answers refused arguments with a result, and nothing structured', async () => {
    const { json } = await send({ body: rpc('tools/call', { name: 'evo.content.search', arguments: {} }) });
    expect(json).toMatchObject({ result: { isError: true, content: [{ type: 'text' }] } });
    expect((json as { readonly result: object }).result).not.toHaveProperty('structuredContent');
  });

  it('turns a broken tool into -32603, and into a 500 with app.debug on', async () => {
    const broken = { open: () => Promise.reject(new Error('no database')) };
    const body = rpc('tools/call', { name: 'evo.content.search', arguments: { limit: 1 } });
    const quiet = await install({ services: { site: broken } }).send({ body });
    const loud = await install({ services: { site: broken }, settings: { 'app.debug': true } }).send({ body });
    expect([quiet.status, quiet.code, loud.status, loud.code]).toEqual([200, -32603, 500, 'internal_error']);
    expect(loud.text).not.toContain('no database');
  });

  it('is cut by max_result_bytes, as is everything else', async () => {
    const { send: sendTo } = install({ settings: { 'limits.max_result_bytes': 300 } });
    expect((await sendTo({ body: rpc('ping') })).status).toBe(200);
    expect((await sendTo({ body: rpc('tools/list') })).code).toBe('result_too_large');
    expect((await sendTo({ body: rpc('initialize') })).code).toBe('result_too_large');
  });
});
