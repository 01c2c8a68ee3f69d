import { at, isObject } from '../../model/json.ts';
import type { Era } from './era.ts';

/** MCP as it began: a client introduces itself once, by `initialize`; every other request says nothing of it. */
export const legacy: Era = {
  id: 'legacy',
  revisions: { until: '2025-11-25' },
  introduction: (protocolVersion) => ({
    protocolVersion,
    capabilities: {},
    clientInfo: { name: 'emcp', version: '1' },
  }),
  request: (message) => ({ body: { jsonrpc: '2.0', ...message }, headers: {} }),
  resultOf({ status, parsed }) {
    const result = parsed.kind === 'json' ? at(parsed.value, 'result') : undefined;
    return status === 200 && isObject(result) ? result : undefined;
  },
};
