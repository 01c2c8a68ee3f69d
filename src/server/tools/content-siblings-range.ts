import { siblingsWhere } from '../content/siblings.ts';
import { BY_MENU, exceptFor } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import { RANGE_PROPERTIES, RANGE_RULES, rangeOf } from './menu-range.ts';
import type { Tool } from './tool.ts';

/** Mirrors ContentSiblingsRangeTool. */
export const contentSiblingsRange: Tool = documentListTool({
  name: 'evo.content.siblings_range',
  title: 'Content Siblings Range Tool',
  description: 'Lists the siblings of a document within a range of menu places.',
  properties: { ...ID_PROPERTY, ...RANGE_PROPERTIES },
  required: ['id', 'from', 'limit'],
  rules: { ...ID_RULES, ...RANGE_RULES },
  select(args, { site }) {
    const id = integerOr(args, 'id', 0);
    return { where: [...siblingsWhere(site, id), ...rangeOf(args), exceptFor(id)], order: BY_MENU };
  },
});
