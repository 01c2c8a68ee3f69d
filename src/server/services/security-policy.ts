import { matchesGlob } from '../glob.ts';
import type { Settings } from '../settings.ts';

/** Which servers may be served and which tools called; mirrors eMCP's security policy. */
export interface SecurityPolicy {
  readonly allowsServer: (handle: string) => boolean;
  readonly allowsTool: (handle: string, tool: string) => boolean;
}

export function createSecurityPolicy(settings: Settings): SecurityPolicy {
  const { allowServers, denyTools, enableWriteTools } = settings.security;
  return {
    allowsServer: (handle) => allowServers.some((pattern) => matchesGlob(pattern, handle)),
    allowsTool(handle, tool) {
      if (!enableWriteTools && tool.startsWith('evo.write.')) return false;
      const own = settings.servers.find((entry) => entry.handle === handle)?.denyTools ?? [];
      return ![...denyTools, ...own].some((pattern) => matchesGlob(pattern, tool));
    },
  };
}
