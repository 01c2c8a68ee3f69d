import { equals, holds, inconclusive, type Seeing } from './observe.ts';
import {
  at,
  isList,
  isObject,
  type Evidence,
  type Expectations,
  type Json,
  type RequestOptions,
  type RouteProbe,
} from './vocabulary.ts';

const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Pages a check reads at most: 14 tools fit one page of 15, and a list may be six times as long. */
export const MOST_PAGES = 6;

export interface ToolPages {
  readonly tools: readonly Json[];
  readonly seen: readonly Evidence[];
  /** Why paging stopped before the server said it was done. */
  readonly cut: 'repeated cursor' | 'too many pages' | undefined;
}

/** All pages of `tools/list`. Stops at a cursor seen before, and at a cap. */
export async function readToolPages(route: RouteProbe, options: RequestOptions): Promise<ToolPages> {
  const tools: Json[] = [];
  const seen: Evidence[] = [];
  const cursors = new Set<string>();
  let cursor: Json | undefined;
  while (seen.length < MOST_PAGES) {
    const page = await route.call('tools/list', cursor === undefined ? {} : { cursor }, options);
    seen.push(page);
    const listed = page.result['tools'];
    if (isList(listed)) tools.push(...listed);
    cursor = page.result['nextCursor'];
    if (cursor === undefined) return { tools, seen, cut: undefined };
    if (cursors.has(JSON.stringify(cursor))) return { tools, seen, cut: 'repeated cursor' };
    cursors.add(JSON.stringify(cursor));
  }
  return { tools, seen, cut: 'too many pages' };
}

/** The list ends, names every canonical tool once, and describes each well enough to call it. */
export function* toolListFacts({ tools, seen, cut }: ToolPages, expect: Expectations): Generator<Seeing, void, void> {
  const names = tools.map((tool) => at(tool, 'name') ?? '(no name)');
  const missing = expect.tools.filter((name) => !names.includes(name));
  // A long list is no endless one: nobody has seen its end.
  if (cut === 'too many pages')
    yield inconclusive(`${tools.length} tools on ${MOST_PAGES} pages, and more to come`, 'ends');
  else yield equals('ends', { actual: cut ?? 'last page reached', expected: 'last page reached', seen });
  yield equals('canonical', { actual: { missing }, expected: { missing: [] }, seen });
  const malformed = tools.filter((tool) => !isWellFormed(tool)).map((tool) => at(tool, 'name') ?? '(no name)');
  yield holds('well-formed', {
    actual: { listed: tools.length, malformed },
    expected: 'every tool has a valid name, a title, a description and an object schema',
    held: tools.length > 0 && malformed.length === 0,
    seen,
  });
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  yield equals('unique', { actual: { twice }, expected: { twice: [] }, seen });
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

function isObjectSchema(schema: Json | undefined): boolean {
  return (
    isObject(schema) &&
    schema['type'] === 'object' &&
    (schema['properties'] === undefined || isObject(schema['properties']))
  );
}
