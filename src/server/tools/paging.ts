import type { Page } from '../content/query.ts';
import { between, integerOr } from './arguments.ts';
import { integerFrom, optionalIntegerFrom } from './schema.ts';
import type { JsonObject, ToolContext, ToolOutcome } from './tool.ts';
import { integer, min, nullable, required } from './validate.ts';
import type { Rules } from './validate.ts';

export const PAGE_RULES: Rules = { limit: [required, integer, min(1)], offset: [nullable, integer, min(0)] };

export const PAGE_PROPERTIES = { limit: integerFrom(1), offset: optionalIntegerFrom(0) };

export function pageOf(args: JsonObject, most: Page): Page {
  return {
    limit: between('limit', integerOr(args, 'limit', 0), [1, most.limit]),
    offset: between('offset', integerOr(args, 'offset', 0), [0, most.offset]),
  };
}

/** The answer of every list tool; there is no total and no mark of a next page. */
export function listOutcome(
  items: readonly JsonObject[],
  page: Page,
  meta: { readonly toolsetVersion: string; readonly model?: string },
): ToolOutcome {
  return { kind: 'structured', value: { items, meta: { ...page, count: items.length, ...meta } } };
}

/** The answer of the tools that fetch one thing; nothing found is null, not an error. */
export function itemOutcome(
  item: JsonObject | null,
  meta: { readonly toolsetVersion: string; readonly model?: string },
): ToolOutcome {
  return { kind: 'structured', value: { item, meta: { ...meta } } };
}

export function documentLimits({ limits }: ToolContext): Page {
  return { limit: Math.min(limits.maxItems, limits.content.maxLimit), offset: limits.content.maxOffset };
}
