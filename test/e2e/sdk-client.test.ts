import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { issueToken } from '../../src/server/services/token-issuer.ts';
import { resolveSettings } from '../../src/server/settings.ts';
import { listening } from '../support/listening.ts';

const SECRET = 'sdk-client-secret-0123456789abcdef01234567';

async function connect(scopes?: string): Promise<Client> {
  const url = await listening({ settings: { SAPI_JWT_SECRET: SECRET } });
  const settings = resolveSettings({ SAPI_JWT_SECRET: SECRET, SAPI_JWT_SCOPES: scopes ?? '' });
  const token = issueToken('sdk', settings, { now: () => Date.now() });
  const headers = scopes === undefined ? {} : { Authorization: `Bearer ${token}` };
  const client = new Client({ name: 'sdk', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${url}/api/v1/mcp/content`), { requestInit: { headers } }),
  );
  return client;
}

describe('the official MCP client over Streamable HTTP', () => {
  it('connects, lists and calls tools with read, call and admin scopes', async () => {
    const client = await connect('mcp:read,mcp:call,mcp:admin');
    const { tools } = await client.listTools();
    expect(tools).toHaveLength(14);
    const result = await client.callTool({ name: 'evo.content.search', arguments: { limit: 1 } });
    expect(result.isError).toBe(false);
    expect(result.structuredContent).toMatchObject({ meta: { toolsetVersion: '1.0' } });
    const refused = await client.callTool({ name: 'evo.content.search', arguments: {} });
    expect(refused.isError).toBe(true);
    await client.close();
  });

  it('is refused at notifications/initialized with only read and call scopes, as the shipped map says', async () => {
    await expect(connect('mcp:read,mcp:call')).rejects.toThrow(/scope_denied|403/);
  });

  it('is refused at once without a token', async () => {
    await expect(connect()).rejects.toThrow(/unauthenticated|401/i);
  });
});
