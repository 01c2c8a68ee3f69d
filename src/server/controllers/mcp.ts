import { rawJsonResponse } from '../json-response.ts';
import type { ServerResponse } from '../message.ts';
import { answerMcp, type RuntimeAnswer } from '../mcp/runtime.ts';
import type { Parts } from '../parts.ts';
import { limitsOf } from '../services/limits.ts';
import type { RegisteredServer } from '../services/registry.ts';
import { paceStream } from '../stream.ts';
import type { ToolContext } from '../tools/tool.ts';
import { transportError, UnserializableTrace } from '../transport-error.ts';
import type { CallMcp, McpCall } from './mcp-call.ts';
import { isJson, readMethod, readToolName } from './reading.ts';

/** The controller behind `POST /{server}`; mirrors eMCP's transport controller and its response policy. */
export function createMcpController(parts: Parts): CallMcp {
  return async (call) => {
    const response = await respond(parts, call);
    parts.services.audit.record({
      ...call,
      traceId: call.trace.text ?? '',
      method: readMethod(call.payload()) ?? 'unknown',
      status: response.status,
    });
    return response;
  };
}

async function respond(parts: Parts, call: McpCall): Promise<ServerResponse> {
  const admitted = admit(parts, call);
  if (admitted.kind === 'refused') return admitted.response;
  try {
    const toolContext = async (): Promise<ToolContext> => contextOfTools(parts, call);
    const request = { server: admitted.server.serverClass, payload: call.payload(), toolContext };
    return shape(parts, call, await answerMcp(request, parts.settings));
  } catch (error) {
    if (error instanceof UnserializableTrace) throw error;
    return internalError(parts, call, error);
  }
}

type Admission =
  | { readonly kind: 'admitted'; readonly server: RegisteredServer }
  | { readonly kind: 'refused'; readonly response: ServerResponse };

/** The refusals in the contract's order; tool policy comes before the registry. */
function admit({ settings, services }: Parts, call: McpCall): Admission {
  const refused = (code: Parameters<typeof transportError>[0]): Admission => {
    return { kind: 'refused', response: transportError(code, call) };
  };
  if (!isJson(call.contentType)) return refused('unsupported_media_type');
  if (call.size > limitsOf(settings, call.server).maxPayload) return refused('payload_too_large');
  if (!services.securityPolicy.allowsServer(call.server)) return refused('server_denied');
  const tool = readToolName(call.payload());
  if (tool !== undefined && !services.securityPolicy.allowsTool(call.server, tool)) return refused('tool_denied');
  const server = services.registry.find(call.server);
  return server === undefined ? refused('server_not_found') : { kind: 'admitted', server };
}

async function contextOfTools({ settings, services }: Parts, { signal }: McpCall): Promise<ToolContext> {
  const { limits, domain, toolsetVersion } = settings;
  return {
    site: await services.site.open(),
    limits: { maxItems: limits.maxResultItems, ...domain },
    toolsetVersion,
    signal,
  };
}

function shape(parts: Parts, call: McpCall, answer: RuntimeAnswer): ServerResponse {
  switch (answer.kind) {
    case 'accepted':
      return rawJsonResponse(202, '');
    case 'reply': {
      const { maxResultBytes } = limitsOf(parts.settings, call.server);
      if (Buffer.byteLength(answer.text) > maxResultBytes) return transportError('result_too_large', call);
      return rawJsonResponse(200, answer.text, answer.session ? [['MCP-Session-Id', parts.ports.uuid()]] : []);
    }
    case 'stream':
      return streamResponse(parts, call, answer.frames);
  }
}

function streamResponse({ settings, ports }: Parts, call: McpCall, frames: AsyncIterable<string>): ServerResponse {
  const { enabled, maxStreamSeconds, heartbeatSeconds } = limitsOf(settings, call.server).stream;
  if (!enabled) return transportError('streaming_disabled', call);
  const heartbeat = settings.stream.emitHeartbeats
    ? { seconds: heartbeatSeconds, maxSeconds: maxStreamSeconds }
    : undefined;
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/event-stream; charset=utf-8'],
      ['X-Accel-Buffering', 'no'],
      ['Cache-Control', 'no-cache, no-transform, private'],
      ['X-eMCP-Stream-Max-Seconds', String(maxStreamSeconds)],
      ['X-eMCP-Heartbeat-Seconds', String(heartbeatSeconds)],
    ],
    body: paceStream(frames, { buffered: settings.outputBuffering, heartbeat }, { ports, signal: call.signal }),
  };
}

function internalError({ settings, ports }: Parts, call: McpCall, error: unknown): ServerResponse {
  const message = error instanceof Error ? error.message : String(error);
  ports.log('error', { channel: settings.logging.channel, trace_id: call.trace.text ?? '', message });
  return transportError('internal_error', call, call.console ? { message } : {});
}
