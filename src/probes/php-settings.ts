import { WHOLE_FILE, type Settings } from '../protocol/settings-file.ts';
import { evaluate } from './php-expression.ts';
import { namesOf } from './php-names.ts';
import { isNode, nodes, parsePhp, type PhpNode } from './php-parse.ts';
import { isArray, toObject } from './php-value.ts';

/** Reads a PHP file that returns an array of settings, without running any of it. */
export async function readSettings(source: string): Promise<Settings> {
  const statements = await parsePhp(source);
  const unreadable = new Set<string>();
  const assumed = new Set<string>();
  const value = statements === undefined ? undefined : returned(statements, { unreadable, assumed });
  if (value === undefined || !isArray(value)) return { values: {}, unreadable: [WHOLE_FILE], assumed: [] };
  return { values: toObject(value), unreadable: [...unreadable], assumed: [...assumed] };
}

interface Found {
  readonly unreadable: Set<string>;
  readonly assumed: Set<string>;
}

function returned(statements: readonly PhpNode[], { unreadable, assumed }: Found) {
  const { namespace, body } = unwrapped(statements);
  const first = body.find(mayReturn);
  if (first?.kind !== 'return') return undefined;
  return evaluate(first['expr'], {
    names: namesOf(namespace, body),
    path: [],
    depth: 0,
    unreadable: (path) => unreadable.add(path.join('.')),
    assumed: (path) => assumed.add(path.join('.')),
  });
}

/** The statements of the file's namespace, where it has one. */
function unwrapped(statements: readonly PhpNode[]): { readonly namespace: string; readonly body: readonly PhpNode[] } {
  const inner = statements.find(({ kind }) => kind === 'namespace');
  if (inner === undefined) return { namespace: '', body: statements };
  return { namespace: String(inner['name']), body: nodes(inner['children']) };
}

/** A `return` inside a condition is not the file's only one, so that nothing certain can be said of the file. */
function mayReturn(node: PhpNode): boolean {
  if (node.kind === 'return') return true;
  if (['closure', 'function', 'class'].includes(node.kind)) return false;
  return Object.values(node)
    .flat()
    .some((inner) => isNode(inner) && mayReturn(inner));
}
