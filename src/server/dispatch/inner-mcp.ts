import type { CallMcp, McpCall } from '../controllers/mcp-call.ts';
import { parseJson } from '../json/parse.ts';
import { traceOf } from '../trace.ts';
import type { InnerCall } from './inner-call.ts';

/** What a task does not say of the call it makes. */
export type Caller = Pick<McpCall, 'requestId' | 'identity' | 'console' | 'startedAt' | 'signal'>;

/** Calls the MCP controller as a task asks. */
export function innerMcp(callMcp: CallMcp, caller: Caller): InnerCall {
  return async (meta, body) => {
    const bytes = new TextEncoder().encode(body);
    const parsed = parseJson(bytes);
    return callMcp({
      ...caller,
      server: meta.handle,
      contentType: 'application/json',
      size: bytes.length,
      payload: () => parsed,
      trace: traceOf(meta.traceId),
      actor: { context: meta.context, userId: meta.actor },
    });
  };
}
