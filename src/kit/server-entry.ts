/** The entry of server `content` as the package ships it (contract §1.2), with what a fault changes of it. */
export function contentEntry(
  change: { readonly rate_limit?: object; readonly limits?: object; readonly stream?: object } = {},
): Readonly<Record<string, unknown>> {
  return {
    handle: 'content',
    transport: 'web',
    class: String.raw`EvolutionCMS\eMCP\Servers\ContentServer`,
    enabled: true,
    scope_map: { 'mcp:read': ['initialize', 'tools/list', 'resources/read'], 'mcp:call': ['tools/call'] },
    limits: { max_payload_kb: 128, max_result_items: 50 },
    rate_limit: { per_minute: 30 },
    ...change,
  };
}
