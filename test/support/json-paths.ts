import { z } from 'zod';

/** Keys that hold whatever a target said, and those whose own keys are data. */
const ANY = new Set(['actual', 'expected', 'value']);
const OPEN = new Set(['claims', 'header', 'requests', 'otherRequests', 'arguments']);

/** Every path of some documents with the types found there, such as `journal[].at number`. */
export function pathsIn(documents: readonly unknown[]): readonly string[] {
  const types = new Map<string, Set<string>>();
  for (const document of documents) visit(document, '', types);
  return lines(types);
}

function visit(value: unknown, path: string, types: Map<string, Set<string>>): void {
  const key = path.split('.').at(-1) ?? '';
  if (path !== '') note(types, path, ANY.has(key) ? 'any' : typeOf(value));
  if (typeof value !== 'object' || value === null || ANY.has(key) || OPEN.has(key)) return;
  if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`, types);
  else for (const [name, below] of Object.entries(value)) visit(below, path === '' ? name : `${path}.${name}`, types);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The same of a schema: every path that it allows, with `?` where it may be absent. */
export function pathsOf(schema: z.ZodType): readonly string[] {
  const types = new Map<string, Set<string>>();
  for (const { path, node, optional } of nodesOf(schema)) note(types, optional ? `${path}?` : path, typeIn(node));
  return lines(types);
}

export interface SchemaNode {
  readonly path: string;
  readonly optional: boolean;
  readonly node: Readonly<Record<string, unknown>>;
}

/** Every path of a schema with what JSON Schema says of it; one of several forms gives a node for each. */
export function nodesOf(schema: z.ZodType): readonly SchemaNode[] {
  return below(record(z.toJSONSchema(schema, { io: 'input' })), '');
}

function below(node: SchemaNode['node'], path: string, optional = false): readonly SchemaNode[] {
  const own = path === '' ? [] : [{ path, node, optional }];
  const required = new Set<unknown>(Array.isArray(node['required']) ? node['required'] : []);
  const forms = [node['anyOf'], node['oneOf'], node['allOf']].flatMap((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  const properties = Object.entries(record(node['properties']));
  const anyKey = Object.entries(record(node['additionalProperties'])).length > 0 ? [node['additionalProperties']] : [];
  const inner = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return [
    ...(forms.length > 0 ? [] : own),
    ...forms.flatMap((form) => below(record(form), path, optional)),
    ...properties.flatMap(([name, value]) => below(record(value), inner(name), !required.has(name))),
    ...anyKey.flatMap((value) => below(record(value), inner('*'))),
    ...(node['items'] === undefined ? [] : below(record(node['items']), `${path}[]`)),
  ];
}

function typeIn(node: SchemaNode['node']): string {
  const types = [node['type']].flat().filter((type) => typeof type === 'string');
  if (types.length > 0) return types.map((type) => (type === 'integer' ? 'number' : type)).join('|');
  return node['const'] === undefined ? 'any' : typeOf(node['const']);
}

function record(value: unknown): SchemaNode['node'] {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function note(types: Map<string, Set<string>>, path: string, type: string): void {
  types.set(path, (types.get(path) ?? new Set()).add(type));
}

function lines(types: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return [...types].map(([path, found]) => `${path} ${[...found].toSorted((a, b) => (a < b ? -1 : 1)).join('|')}`);
}
