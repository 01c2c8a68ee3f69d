import { siblingsWhere } from '../content/siblings.ts';
import { BY_MENU } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import type { Tool } from './tool.ts';

/** Mirrors ContentNextSiblingsTool. */
export const contentNextSiblings: Tool = documentListTool({
  name: 'evo.content.next_siblings',
  title: 'Content Next Siblings Tool',
  description: 'Lists the siblings after a document, the nearest first.',
  properties: ID_PROPERTY,
  required: ['id', 'limit'],
  rules: ID_RULES,
  select: (args, { site }) => ({
    where: siblingsWhere(site, integerOr(args, 'id', 0), (menuindex) => ({
      sql: 'site_content.menuindex > ?',
      values: [menuindex],
    })),
    order: BY_MENU,
  }),
});
