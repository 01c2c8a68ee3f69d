import type { CallMcp } from '../controllers/mcp-call.ts';
import { parseJson } from '../json/parse.ts';
import type { ServerResponse } from '../message.ts';
import type { Parts } from '../parts.ts';
import { traceOf } from '../trace.ts';
import type { ConsoleHost } from './host.ts';

/** The console's side of a server. */
export function consoleHost(
  parts: Parts,
  callMcp: CallMcp,
  work: Pick<ConsoleHost, 'repairWorker' | 'runTasks'>,
): ConsoleHost {
  return {
    ...work,
    servers: () =>
      parts.services.registry
        .all()
        .map(({ handle, transport, serverClass }) => ({ handle, transport, class: serverClass.class })),
    call: async (handle, body) => callInConsole(parts, callMcp, { handle, body }),
  };
}

async function callInConsole(
  { ports }: Parts,
  callMcp: CallMcp,
  { handle, body }: { readonly handle: string; readonly body: string },
): Promise<ServerResponse> {
  const bytes = new TextEncoder().encode(body);
  const parsed = parseJson(bytes);
  return callMcp({
    server: handle,
    contentType: 'application/json',
    size: bytes.length,
    payload: () => parsed,
    trace: traceOf(ports.uuid()),
    requestId: ports.uuid(),
    actor: { context: 'cli', userId: null },
    identity: '',
    console: true,
    startedAt: ports.now(),
    signal: new AbortController().signal,
  });
}
