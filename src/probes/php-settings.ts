import { WHOLE_FILE, type Settings } from '../protocol/settings-file.ts';
import { evaluate } from './php-expression.ts';
import { namesOf } from './php-names.ts';
import { isNode, nodes, parsePhp, type PhpNode } from './php-parse.ts';
import { isArray, toObject } from './php-value.ts';

/** Reads a PHP file that returns an array of settings, without running any of it. */
export async function readSettings(source: string): Promise<Settings> {
  const statements = await parsePhp(source);
  const unreadable = new Set<string>();
  const value = statements === undefined ? undefined : returned(statements, unreadable);
  if (value === undefined || !isArray(value)) return { values: {}, unreadable: [WHOLE_FILE] };
  return { values: toObject(value), unreadable: [...unreadable] };
}

/** What the file returns, where nothing but its one `return` ends it; all else is decided when it runs. */
function returned(statements: readonly PhpNode[], unreadable: Set<string>) {
  const namespaces = statements.filter(({ kind }) => kind === 'namespace');
  if (namespaces.length > 1) return undefined;
  const body = statements.flatMap((node) => (node.kind === 'namespace' ? nodes(node['children']) : [node]));
  const [end, ...others] = body.filter((node) => leaves(node) && !isGuard(node));
  if (end?.kind !== 'return' || others.length > 0 || holdsOneThatLeaves(end)) return undefined;
  const namespace = namespaces[0] === undefined ? '' : String(namespaces[0]['name']);
  return evaluate(end['expr'], {
    names: namesOf(namespace, body),
    path: [],
    depth: 0,
    unreadable: (path) => unreadable.add(path.join('.')),
  });
}

const LEAVING = new Set(['return', 'exit', 'throw', 'goto', 'yield', 'yieldfrom']);
/** What is only declared does not run with the file. */
const DECLARED = new Set(['closure', 'arrowfunc', 'function', 'method']);

/** The file may end here, or go on elsewhere. */
function leaves(node: PhpNode): boolean {
  return LEAVING.has(node.kind) || (!DECLARED.has(node.kind) && holdsOneThatLeaves(node));
}

/** `if (!defined('X')) exit;` in front of a file: the application defines it, or there would be no site. */
function isGuard({ kind, test, body, alternate, expression }: PhpNode): boolean {
  if (kind === 'if')
    return alternate === null && isNode(test) && test['type'] === '!' && asksDefined(test['what']) && isExit(body);
  if (!isNode(expression) || !/^(?:or|\|\|)$/.test(String(expression['type']))) return false;
  return asksDefined(expression['left']) && isNode(expression['right']) && expression['right'].kind === 'exit';
}

function asksDefined(node: unknown): boolean {
  return (
    isNode(node) && node.kind === 'call' && isNode(node['what']) && /^\\?defined$/i.test(String(node['what']['name']))
  );
}

function isExit(node: unknown): boolean {
  const statement = isNode(node) && node.kind === 'block' ? nodes(node['children'])[0] : node;
  return isNode(statement) && isNode(statement['expression']) && statement['expression'].kind === 'exit';
}

function holdsOneThatLeaves(node: PhpNode): boolean {
  return Object.values(node)
    .flat()
    .some((inner) => isNode(inner) && leaves(inner));
}
