import { equals, holds, matches, type Seeing } from './observe.ts';
import { succeeds } from './facts.ts';
import { at, header, jsonOf, type Exchange, type Expectations } from './vocabulary.ts';

// MCP: a session id is visible ASCII; eMCP makes a UUID version 4 (contract §6.3).
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** All that a sound answer to `initialize` in the newest revision says of the platform (contract §6.3). */
export function* initializeFacts(reply: Exchange, expect: Expectations): Generator<Seeing, void, void> {
  const result = at(jsonOf(reply), 'result');
  const seen = reply;
  yield succeeds('answered', reply);
  yield equals('platform', { actual: at(result, 'serverInfo', 'platform'), expected: expect.platform, seen });
  const version = at(result, 'serverInfo', 'platformVersion');
  const named = typeof version === 'string' && version !== '';
  yield holds('platform-version', { actual: version, expected: 'a non-empty version', held: named, seen });
  const toolset = at(result, 'capabilities', 'evo', 'toolsetVersion');
  yield equals('toolset-version', { actual: toolset, expected: expect.toolsetVersion, seen });
  yield equals('protocol-version', {
    actual: at(result, 'protocolVersion'),
    expected: expect.protocolVersions[0] ?? '',
    seen,
  });
  yield matches('session-id', { actual: header(reply, 'mcp-session-id'), expected: UUID_V4, seen });
  const instructions = at(result, 'instructions');
  const instructed = typeof instructions === 'string' && instructions.trim() !== '';
  yield holds('instructions', {
    actual: typeof instructions === 'string' ? `${instructions.length} characters` : instructions,
    expected: 'a non-empty sentence',
    held: instructed,
    seen,
  });
}
