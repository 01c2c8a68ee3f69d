import { BY_MENU, childrenOf } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import { RANGE_PROPERTIES, RANGE_RULES, rangeOf } from './menu-range.ts';
import type { Tool } from './tool.ts';

/** Mirrors ContentChildrenRangeTool. */
export const contentChildrenRange: Tool = documentListTool({
  name: 'evo.content.children_range',
  title: 'Content Children Range Tool',
  description: 'Lists the documents directly below a document within a range of menu places.',
  properties: { ...ID_PROPERTY, ...RANGE_PROPERTIES },
  required: ['id', 'from', 'limit'],
  rules: { ...ID_RULES, ...RANGE_RULES },
  select: (args) => ({ where: [childrenOf(integerOr(args, 'id', 0)), ...rangeOf(args)], order: BY_MENU }),
});
