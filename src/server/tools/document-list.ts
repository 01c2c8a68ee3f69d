import { documentItem } from '../content/item.ts';
import { findDocuments } from '../content/query.ts';
import type { DocumentQuery } from '../content/query.ts';
import { NO_TVS } from '../content/tv-columns.ts';
import { between, integerOr } from './arguments.ts';
import { documentLimits, listOutcome, PAGE_PROPERTIES, PAGE_RULES, pageOf } from './paging.ts';
import { inputSchema } from './schema.ts';
import type { JsonObject, Tool, ToolContext } from './tool.ts';
import { validate } from './validate.ts';
import type { Rules } from './validate.ts';

interface DocumentList extends Pick<Tool, 'name' | 'title' | 'description'> {
  /** What stands before `limit` and `offset` in the input schema. */
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required: readonly string[];
  /** The rules of the arguments other than `limit` and `offset`. */
  readonly rules: Rules;
  readonly select: (args: JsonObject, context: ToolContext) => Partial<DocumentQuery>;
}

/** A tool that lists documents page by page. */
export function documentListTool({ properties, required, rules, select, ...facts }: DocumentList): Tool {
  return {
    ...facts,
    inputSchema: inputSchema({ ...properties, ...PAGE_PROPERTIES }, required),
    call(args, context) {
      validate(args, { ...rules, ...PAGE_RULES });
      const page = pageOf(args, documentLimits(context));
      const query = {
        table: 'site_content',
        joins: [],
        where: [],
        order: [],
        tvs: NO_TVS,
        ...select(args, context),
      } as const;
      const items = findDocuments(context.site, query, page).map((row) => documentItem(row, query.tvs));
      return listOutcome(items, page, { toolsetVersion: context.toolsetVersion });
    },
  };
}

/** The argument `depth`, held to `domain.content.max_depth`. */
export function depthOr<Fallback>(args: JsonObject, context: ToolContext, fallback: Fallback): number | Fallback {
  const depth = integerOr(args, 'depth', undefined);
  return depth === undefined ? fallback : between('depth', depth, [1, context.limits.content.maxDepth]);
}
