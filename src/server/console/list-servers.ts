import type { ConsoleServer } from './host.ts';
import { printed, type ConsoleOutcome } from './outcome.ts';
import { asciiTable } from './table.ts';

/** `emcp:list-servers`. */
export function listServers(servers: readonly ConsoleServer[]): ConsoleOutcome {
  if (servers.length === 0) {
    return printed(1, ['No enabled MCP servers found in config(mcp.servers).']);
  }
  const rows = servers.map((server) => [server.handle, server.transport, server.class, 'yes']);
  return printed(0, asciiTable(['Handle', 'Transport', 'Class', 'Enabled'], rows));
}
