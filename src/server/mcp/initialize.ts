import { isArray } from '../json/value.ts';
import { JsonRpcError } from './json-rpc-error.ts';
import { param, result, type Method, type MethodCall } from './method.ts';

const SUPPORTED = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;
const WITH_INSTRUCTIONS: ReadonlySet<string> = new Set(['2025-11-25', '2025-06-18']);
/** What the runtime says when the package version is not known. */
const PLATFORM_VERSION = 'dev';

/** Mirrors laravel/mcp's initialize and the platform facts eMCP adds to its answer. */
export const initialize: Method = (call) => {
  const version = agreedVersion(call);
  for (const name of ['clientInfo', 'capabilities']) {
    const value = param(call, name);
    if (value !== undefined && !isArray(value)) throw new TypeError(`${name} is no object`);
  }
  const { name, version: release, instructions } = call.server;
  const list = { listChanged: false };
  return result({
    protocolVersion: version,
    capabilities: { tools: list, resources: list, prompts: list, evo: { toolsetVersion: call.toolsetVersion } },
    serverInfo: { name, version: release, platform: 'eMCP', platformVersion: PLATFORM_VERSION },
    ...(WITH_INSTRUCTIONS.has(version) ? { instructions } : {}),
  });
};

function agreedVersion(call: MethodCall): string {
  const requested = param(call, 'protocolVersion');
  if (requested === undefined) return SUPPORTED[0];
  const found = SUPPORTED.find((version) => version === requested);
  if (found !== undefined) return found;
  throw new JsonRpcError(-32602, 'This protocol version is not supported', { supported: SUPPORTED, requested });
}
