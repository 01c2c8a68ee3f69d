import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** A node of a syntax tree, of which only the parts that are looked at are known. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every TypeScript file below a folder. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

/** Codes of all usage errors that these files create; a code that cannot be seen in its file is an error. */
export function usageCodes(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => usageCodesIn(readFileSync(file, 'utf8'), file, neighboursOf(file, files)));
}

/** The files of the same folder, where the objects are written that a code is a property of. */
function neighboursOf(file: string, files: readonly string[]): readonly string[] {
  return files.filter((other) => dirname(other) === dirname(file)).map((other) => readFileSync(other, 'utf8'));
}

/** The same of one text: literals, also those that get there by a constant or as an argument of a function. */
export function usageCodesIn(text: string, file: string, around: readonly string[] = []): readonly string[] {
  const nodes = nodesOf(text);
  const created = nodes.filter((node) => node.type === 'NewExpression' && nameOf(node['callee']) === 'UsageError');
  return created.flatMap((node) => literals(childrenOf(node['arguments'])[0], { nodes, file, around }));
}

/** All text literals of a form, such as names of schemas. */
export function literalsLike(pattern: RegExp, files: readonly string[]): readonly string[] {
  return files
    .flatMap((file) => nodesOf(readFileSync(file, 'utf8')))
    .flatMap((node) => (node.type === 'Literal' && typeof node['value'] === 'string' ? [node['value']] : []))
    .filter((value) => pattern.test(value));
}

interface Source {
  readonly nodes: readonly Node[];
  readonly file: string;
  /** Texts of the files beside it. */
  readonly around: readonly string[];
}

function literals(node: Node | undefined, source: Source): readonly string[] {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return [node['value']];
  if (node?.type === 'ConditionalExpression') {
    return [node['consequent'], node['alternate']].filter(isNode).flatMap((branch) => literals(branch, source));
  }
  if (node?.type === 'TemplateLiteral') return [templateOf(node)];
  const property = node?.type === 'MemberExpression' ? nameOf(node['property']) : undefined;
  const name = property ?? nameOf(node);
  const found =
    property !== undefined
      ? propertiesNamed(property, source)
      : name === undefined
        ? []
        : [...assignedTo(name, source), ...passedAs(name, source)];
  if (found.length === 0) throw new Error(`${source.file}: the code of a UsageError cannot be seen: ${name ?? 'text'}`);
  return found;
}

/** `no-${option}` as `no-<…>`: what is left open is no name of its own. */
function templateOf({ quasis }: Node): string {
  return childrenOf(quasis)
    .map(({ value }) => (typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : ''))
    .join('<…>');
}

/** The texts a property has anywhere in the folder. */
function propertiesNamed(name: string, { around }: Source): readonly string[] {
  return around
    .flatMap(nodesOf)
    .filter(({ type, key }) => type === 'Property' && nameOf(key) === name)
    .flatMap(({ value }) => (isNode(value) && typeof value['value'] === 'string' ? [value['value']] : []));
}

function assignedTo(name: string, source: Source): readonly string[] {
  return source.nodes
    .filter(({ type, id }) => type === 'VariableDeclarator' && nameOf(id) === name)
    .flatMap(({ init }) => (isNode(init) ? literals(init, source) : []));
}

function passedAs(name: string, source: Source): readonly string[] {
  return source.nodes
    .filter(({ type }) => type === 'FunctionDeclaration')
    .flatMap(({ id, params }) => {
      const index = childrenOf(params).findIndex((parameter) => nameOf(parameter) === name);
      return index === -1 ? [] : argumentsOf(nameOf(id), source).flatMap((all) => literals(all[index], source));
    });
}

function argumentsOf(called: string | undefined, { nodes }: Source): readonly (readonly Node[])[] {
  return nodes
    .filter(({ type, callee }) => type === 'CallExpression' && called !== undefined && nameOf(callee) === called)
    .map((call) => childrenOf(call['arguments']));
}

function nodesOf(text: string): readonly Node[] {
  const nodes: Node[] = [];
  const waiting: unknown[] = [parseAst(text, { lang: 'ts' })];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isNode(value)) nodes.push(value);
    if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value).filter(isParent));
  }
  return nodes.toReversed();
}

function isParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function childrenOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && typeof value['name'] === 'string' ? value['name'] : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
