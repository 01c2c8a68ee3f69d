import { describe, expect, it } from 'vitest';
import { createRegistry } from '../../src/server/services/registry.ts';
import { resolveSettings } from '../../src/server/settings.ts';
import { install, rpc } from './installation.ts';

const CONTENT = 'EvolutionCMS\\eMCP\\Servers\\ContentServer';
const STREAM = 'HostApp\\StreamServer';
const content = { handle: 'content', transport: 'web', class: CONTENT, enabled: true };
const stream = { handle: 'hoststream', transport: 'web', class: STREAM, enabled: true };

const REJECTED: readonly (readonly [string, readonly unknown[], readonly string[]])[] = [
  ['a second server with the same tools', [content, { ...content, handle: 'twin' }], ['content']],
  ['a second server with the same handle', [content, { ...stream, handle: 'content' }], ['content']],
  ['a class that does not exist', [{ ...content, class: 'Nope\\Missing' }, stream], ['hoststream']],
  ['an unknown transport', [{ ...content, transport: 'sse' }], []],
  ['no handle', [{ ...content, handle: '' }], []],
  ['a further tool name that is taken', [content, { ...stream, tool_names: ['evo.content.get'] }], ['content']],
  ['a tool of eMCP outside its namespace', [{ ...stream, tool_names: ['evo.mine'] }], []],
];

describe('the registry', () => {
  it.each(REJECTED)('skips %s', async (_, servers, handles) => {
    const { server, send, logged } = install({ settings: { 'mcp.servers': servers } });
    await send({ body: rpc('ping') });
    expect(server.services.registry.all().map(({ handle }) => handle)).toEqual(handles);
    expect(logged.filter(([channel]) => channel === 'error')).toHaveLength(1);
  });

  it.each(REJECTED)('keeps the application from booting on %s, with app.debug on', async (_, servers) => {
    const { send } = install({ settings: { 'mcp.servers': servers, 'app.debug': true } });
    const reply = await send({ body: rpc('ping') });
    expect([reply.status, reply.json]).toEqual([500, undefined]);
  });

  it('passes over disabled entries without a word', () => {
    const settings = resolveSettings({
      'mcp.servers': [{ ...content, class: 'Nope', enabled: false }],
      'app.debug': true,
    });
    expect(createRegistry(settings, { log: () => undefined }, []).all()).toEqual([]);
  });

  it('has local servers, which no route reaches', async () => {
    const { server, send } = install({ settings: { 'mcp.servers': [{ ...content, transport: 'local' }] } });
    expect(server.services.registry.all()).toHaveLength(1);
    expect((await send({ body: rpc('ping') })).code).toBe('server_not_found');
  });

  it('is asked by value: an entry’s own scope map replaces the global one', async () => {
    const open = { ...content, scope_map: { 'mcp:read': ['*'] } };
    const reader = { sub: 'reader', scopes: ['mcp:read'] };
    const body = rpc('tools/call', { name: 'evo.content.get', arguments: { id: 1 } });
    const own = install({ settings: { 'mcp.servers': [open] } });
    const global = install({ settings: { 'mcp.servers': [{ ...content, scope_map: {} }] } });
    expect((await own.send({ claims: reader, body })).status).toBe(200);
    expect((await global.send({ claims: reader, body })).code).toBe('scope_denied');
    expect((await global.send({ claims: reader, body: rpc('ping') })).status).toBe(200);
  });

  it('reads a payload cap of 0 as one KiB', async () => {
    const { send } = install({ settings: { 'mcp.servers': [{ ...content, limits: { max_payload_kb: 0 } }] } });
    const padded = (bytes: number) =>
      JSON.stringify({ ...rpc('ping'), pad: '' }).replace('""', `"${'x'.repeat(bytes)}"`);
    const frame = padded(0).length;
    expect((await send({ body: padded(1024 - frame) })).status).toBe(200);
    expect((await send({ body: padded(1025 - frame) })).code).toBe('payload_too_large');
  });
});

describe('the tool policy', () => {
  it.each([
    ['evo.content.get', {}, 200],
    ['evo.content.get', { 'security.deny_tools': ['evo.content.*'] }, 403],
    [' evo.content.get ', { 'security.deny_tools': ['evo.content.get'] }, 403],
    ['evo.write.x', {}, 403],
    ['Evo.Write.x', {}, 200],
    ['evo.write.x', { 'security.enable_write_tools': true }, 200],
    ['evo.content.get', { 'mcp.servers': [{ ...content, security: { deny_tools: ['*'] } }] }, 403],
  ])('decides on %s with %j', async (name, settings, status) => {
    const { send } = install({ settings });
    expect((await send({ body: rpc('tools/call', { name, arguments: { id: 1 } }) })).status).toBe(status);
  });

  it('leaves a denied tool in the list', async () => {
    const { send } = install({ settings: { 'security.deny_tools': ['*'] } });
    expect((await send({ body: rpc('tools/list') })).text).toContain('evo.content.get');
  });
});
