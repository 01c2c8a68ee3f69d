import type { Condition } from '../content/condition.ts';
import { descendantsOf } from '../content/tree.ts';
import { tvCondition, tvOrderTerm } from '../content/tv-conditions.ts';
import { booleanOr, directionOr, integerOr, textOr } from './arguments.ts';
import { depthOr, documentListTool } from './document-list.ts';
import { PAGE_PROPERTIES } from './paging.ts';
import { optionalIntegerFrom, optionalText } from './schema.ts';
import { taggedWith, TAGS_RULES } from './tags.ts';
import { InvalidArguments } from './tool.ts';
import type { JsonObject, Tool, ToolContext } from './tool.ts';
import { TV_TERM_RULES, tvFilters, tvOrders } from './tv-arguments.ts';
import { TV_NAMES_RULES, withTvs } from './tv-names.ts';
import { boolean, integer, min, nullable, string } from './validate.ts';

const SORTABLE = ['id', 'pagetitle', 'menuindex', 'createdon', 'pub_date'];

/** Mirrors ContentSearchTool. */
export const contentSearch: Tool = documentListTool({
  name: 'evo.content.search',
  title: 'Content Search Tool',
  description: 'Finds documents by place, state and template variables, one page at a time.',
  properties: {
    ...PAGE_PROPERTIES,
    parent: optionalIntegerFrom(0),
    depth: optionalIntegerFrom(1),
    order_by: optionalText,
    order_dir: optionalText,
    order_by_date: optionalText,
  },
  required: [],
  rules: {
    parent: [nullable, integer, min(0)],
    published: [nullable, boolean],
    deleted: [nullable, boolean],
    template: [nullable, integer, min(0)],
    hidemenu: [nullable, boolean],
    depth: [nullable, integer, min(1)],
    ...TV_NAMES_RULES,
    ...TV_TERM_RULES,
    ...TAGS_RULES,
    order_by: [nullable, string],
    order_dir: [nullable, string],
    order_by_date: [nullable, string],
  },
  select(args, context) {
    const family = familyOf(args, context);
    const tags = taggedWith(args);
    return {
      tvs: withTvs(args, context),
      joins: [...family.joins, ...tags.joins],
      where: [...family.where, ...states(args), ...tvFilters(args).map(tvCondition), ...tags.where],
      order: [...tvOrders(args).map(tvOrderTerm), documentOrder(args)],
    };
  },
});

function familyOf(args: JsonObject, context: ToolContext): ReturnType<typeof descendantsOf> {
  const depth = depthOr(args, context, context.limits.content.maxDepth);
  const parent = integerOr(args, 'parent', undefined);
  return parent === undefined ? { joins: [], where: [] } : descendantsOf(parent, depth);
}

function states(args: JsonObject): Condition[] {
  const wanted = {
    published: booleanOr(args, 'published', undefined),
    deleted: booleanOr(args, 'deleted', undefined),
    template: integerOr(args, 'template', undefined),
    hidemenu: booleanOr(args, 'hidemenu', undefined),
  };
  return Object.entries(wanted).flatMap(([column, value]) =>
    value === undefined ? [] : [{ sql: `site_content.${column} = ?`, values: [Number(value)] }],
  );
}

function documentOrder(args: JsonObject): string {
  // The model sorts by date with IF(), which the runtime's SQLite did not have; 3.48 and later do.
  if (directionOr(args, 'order_by_date', undefined) !== undefined) throw new Error('no such function: IF');
  const column = textOr(args, 'order_by', 'id');
  if (!SORTABLE.includes(column)) {
    throw new InvalidArguments([`The argument order_by is none of: ${SORTABLE.join(', ')}.`]);
  }
  return `site_content.${column} ${directionOr(args, 'order_dir', 'asc')}`;
}
