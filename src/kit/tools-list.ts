import { equals, holds } from './observe.ts';
import {
  at,
  isObject,
  type Evidence,
  type Expectations,
  type Fact,
  type Json,
  type JsonObject,
  type RouteProbe,
} from './vocabulary.ts';

const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/;
/** 14 tools fit one page of 15; a list that goes on for longer is a loop or an attack. */
const MAX_PAGES = 20;

type Call = Parameters<RouteProbe['call']>[1];

export interface ToolPages {
  readonly tools: readonly Json[];
  readonly seen: readonly Evidence[];
  /** Why paging stopped before the server said it was done. */
  readonly cut: 'repeated cursor' | 'too many pages' | undefined;
}

/** All pages of `tools/list`. Stops at a cursor seen before, and at a cap. */
export async function readToolPages(route: RouteProbe, call: Call): Promise<ToolPages> {
  const tools: Json[] = [];
  const seen: Evidence[] = [];
  const cursors = new Set<string>();
  let cursor: Json | undefined;
  while (seen.length < MAX_PAGES) {
    const page = await route.call('tools/list', { ...call, params: cursor === undefined ? {} : { cursor } });
    seen.push(page);
    const listed = page.result['tools'];
    if (Array.isArray(listed)) tools.push(...(listed as readonly Json[]));
    cursor = page.result['nextCursor'];
    if (cursor === undefined) return { tools, seen, cut: undefined };
    if (cursors.has(JSON.stringify(cursor))) return { tools, seen, cut: 'repeated cursor' };
    cursors.add(JSON.stringify(cursor));
  }
  return { tools, seen, cut: 'too many pages' };
}

/** The list ends, names every canonical tool once, and describes each well enough to call it. */
export function* toolListFacts({ tools, seen, cut }: ToolPages, expect: Expectations): Generator<Fact, void, void> {
  const names = tools.map((tool) => at(tool, 'name'));
  const missing = expect.tools.filter((name) => !names.includes(name));
  yield equals('ends', { actual: cut ?? 'last page reached', expected: 'last page reached', seen });
  yield equals('canonical', { actual: { missing }, expected: { missing: [] }, seen });
  const malformed = tools.filter((tool) => !isWellFormed(tool)).map((tool) => at(tool, 'name') ?? '(no name)');
  yield holds('well-formed', {
    actual: { listed: tools.length, malformed },
    expected: 'every tool has a valid name, a title, a description and an object schema',
    held: tools.length > 0 && malformed.length === 0,
    seen,
  });
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  yield equals('unique', { actual: { twice: twice as Json[] }, expected: { twice: [] }, seen });
}

function isWellFormed(tool: Json): boolean {
  return (
    isObject(tool) &&
    typeof tool['name'] === 'string' &&
    TOOL_NAME.test(tool['name']) &&
    isText(tool['title']) &&
    isText(tool['description']) &&
    isObjectSchema(tool['inputSchema'])
  );
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isObjectSchema(schema: Json | undefined): schema is JsonObject {
  return (
    isObject(schema) &&
    schema['type'] === 'object' &&
    (schema['properties'] === undefined || isObject(schema['properties']))
  );
}
