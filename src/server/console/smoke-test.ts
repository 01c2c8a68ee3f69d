import { z } from 'zod';
import type { ServerResponse } from '../message.ts';
import type { ConsoleHost, ConsoleServer } from './host.ts';
import { printed, type ConsoleOutcome } from './outcome.ts';

const newestProtocol = '2025-11-25';

const requiredTools = [
  'evo.content.search',
  'evo.content.get',
  'evo.content.root_tree',
  'evo.content.descendants',
  'evo.content.ancestors',
  'evo.content.children',
  'evo.content.siblings',
  'evo.model.list',
  'evo.model.get',
];

/** A step that did not hold; its lines are what the command prints last. */
class Failure extends Error {
  readonly lines: readonly string[];

  constructor(...lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

/** `emcp:test [--server=HANDLE]`; twin of eMCP's smoke command, which calls the controller without any middleware. */
export async function smokeTest(host: ConsoleHost, wanted: string | undefined): Promise<ConsoleOutcome> {
  const lines = ['Running eMCP Gate A smoke checks...'];
  try {
    const server = choose(host.servers(), wanted);
    lines.push(`Using server: ${server.handle} (${server.class})`);
    await checkInitialize(host, server.handle);
    lines.push('initialize: OK');
    await checkTools(host, server.handle);
    lines.push('tools/list: OK', 'eMCP smoke test passed.');
    return printed(0, lines);
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    return printed(1, [...lines, ...error.lines]);
  }
}

function choose(servers: readonly ConsoleServer[], wanted: string | undefined): ConsoleServer {
  if (servers.length === 0) {
    throw new Failure('No enabled servers found in config(mcp.servers).');
  }
  const web = servers.filter((server) => server.transport === 'web');
  const chosen = wanted === undefined ? web[0] : web.find((server) => server.handle === wanted);
  if (chosen === undefined) {
    throw new Failure(
      wanted === undefined
        ? 'No enabled web transport server found.'
        : `Server [${wanted}] is not a valid web MCP server.`,
    );
  }
  return chosen;
}

const initialized = z.object({
  result: z.object({
    serverInfo: z.object({ platform: z.string().min(1), platformVersion: z.string().min(1) }),
    capabilities: z.object({ evo: z.object({ toolsetVersion: z.string().min(1) }) }),
  }),
});

async function checkInitialize(host: ConsoleHost, handle: string): Promise<void> {
  const params = { protocolVersion: newestProtocol, capabilities: {}, clientInfo: { name: 'emcp:test', version: '1' } };
  const reply = await host.call(handle, request('initialize', params));
  if (!initialized.safeParse(await json('initialize', reply)).success) {
    throw new Failure('initialize lacks platform, platformVersion or toolsetVersion.');
  }
  if (!reply.headers.some(([name]) => name.toLowerCase() === 'mcp-session-id')) {
    throw new Failure('initialize gave no MCP-Session-Id header.');
  }
}

const listed = z.object({ result: z.object({ tools: z.array(z.object({ name: z.string() })) }) });

async function checkTools(host: ConsoleHost, handle: string): Promise<void> {
  const reply = await json('tools/list', await host.call(handle, request('tools/list', {})));
  const { data } = listed.safeParse(reply);
  if (data === undefined) {
    throw new Failure('tools/list has no result.tools.');
  }
  const names = new Set(data.result.tools.map((tool) => tool.name));
  const missing = requiredTools.filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new Failure(`tools/list does not contain required tools: ${missing.join(', ')}`);
  }
}

function request(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
}

async function json(step: string, reply: ServerResponse): Promise<unknown> {
  const body = await text(reply.body);
  if (reply.status !== 200) {
    throw new Failure(`${step} failed with HTTP ${reply.status}`, body);
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new Failure(`${step} returned invalid JSON.`);
  }
}

async function text(body: ServerResponse['body']): Promise<string> {
  if (typeof body === 'string') {
    return body;
  }
  if (body instanceof Uint8Array) {
    return new TextDecoder().decode(body);
  }
  const pieces: string[] = [];
  for await (const piece of body) {
    pieces.push(piece);
  }
  return pieces.join('');
}
