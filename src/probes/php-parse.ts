/** A node of the syntax tree; what else it has depends on its kind. */
export interface PhpNode {
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** The part of the library that is used; its own types describe another module format. */
type Parser = new (options: object) => { parseCode(source: string, file: string): { readonly children: unknown } };

/** PHP wants a `;` at the end of a file, and the parser does not: before another statement both do. */
const ANOTHER_STATEMENT = '\nif (0);';

const LONGEST_FILE = 256 * 1024;

/** The statements of a PHP file; `undefined` when it is none, or larger or deeper than settings ever are. */
export async function parsePhp(source: string): Promise<readonly PhpNode[] | undefined> {
  if (source.length > LONGEST_FILE) return undefined;
  const { default: Engine } = (await import('php-parser')) as unknown as { readonly default: Parser };
  const engine = new Engine({ parser: { extractDoc: false, suppressErrors: false }, ast: { withPositions: false } });
  try {
    return nodes(engine.parseCode(`${source}${ANOTHER_STATEMENT}`, 'settings.php').children);
  } catch {
    return undefined;
  }
}

export function isNode(value: unknown): value is PhpNode {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}

/** The nodes of a property that holds several. */
export function nodes(value: unknown): readonly PhpNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}
