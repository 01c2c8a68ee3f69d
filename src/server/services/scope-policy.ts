import { matchesGlob } from '../glob.ts';
import type { Settings } from '../settings.ts';
import type { ScopeMap } from '../settings/scope-map.ts';

/** Decides whether a token's scopes suffice for a method; mirrors eMCP's scope policy. */
export interface ScopePolicy {
  readonly allows: (question: {
    readonly server: string;
    readonly method: string;
    readonly scopes: readonly string[];
  }) => boolean;
}

export function createScopePolicy(settings: Settings): ScopePolicy {
  return {
    allows({ server, method, scopes }) {
      const own = settings.servers.find(({ handle }) => handle === server)?.scopeMap;
      const required = requiredScope(own ?? settings.auth.scopeMap, method);
      return scopes.includes('*') || scopes.includes(required);
    },
  };
}

/** The first scope whose list names the method; a method nobody names needs the admin scope. */
function requiredScope(map: ScopeMap, method: string): string {
  const found = Object.entries(map).find(([, patterns]) => patterns.some((pattern) => matchesGlob(pattern, method)));
  return found?.[0] ?? 'mcp:admin';
}
