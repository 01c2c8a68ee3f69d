import { isNode, nodes, type PhpNode } from './php-parse.ts';

/** What a file calls classes of other namespaces. */
export interface Names {
  readonly namespace: string;
  /** Full name by its alias in lower case. */
  readonly imports: ReadonlyMap<string, string>;
}

export function namesOf(namespace: string, statements: readonly PhpNode[]): Names {
  const groups = statements.filter(({ kind, type }) => kind === 'usegroup' && type === null);
  return { namespace, imports: new Map(groups.flatMap(importsOf)) };
}

/** The full name `X::class` stands for; `undefined` where only a running program knows. */
export function className(name: unknown, { namespace, imports }: Names): string | undefined {
  if (!isNode(name) || name.kind !== 'name' || typeof name['name'] !== 'string') return undefined;
  const written = name['name'];
  if (name['resolution'] === 'fqn') return written.replace(/^\\/, '');
  const [first = '', ...rest] = written.split('\\');
  const imported = name['resolution'] === 'rn' ? undefined : imports.get(first.toLowerCase());
  if (imported !== undefined) return [imported, ...rest].join('\\');
  return namespace === '' ? written : `${namespace}\\${written}`;
}

function importsOf(group: PhpNode): readonly (readonly [string, string])[] {
  const prefix = typeof group['name'] === 'string' ? `${group['name']}\\` : '';
  return nodes(group['items']).flatMap(({ name, alias, type }) => {
    if (typeof name !== 'string' || typeof type === 'string') return [];
    const full = `${prefix}${name}`.replace(/^\\/, '');
    const short = isNode(alias) && typeof alias['name'] === 'string' ? alias['name'] : full.split('\\').at(-1);
    return [[(short ?? full).toLowerCase(), full] as const];
  });
}
