import { siblingsWhere } from '../content/siblings.ts';
import { BY_MENU } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import type { Tool } from './tool.ts';

/** Mirrors ContentNeighborsTool. */
export const contentNeighbors: Tool = documentListTool({
  name: 'evo.content.neighbors',
  title: 'Content Neighbors Tool',
  description: 'Lists the documents right before and right after a document in its menu.',
  properties: ID_PROPERTY,
  required: ['id', 'limit'],
  rules: ID_RULES,
  select: (args, { site }) => ({
    where: siblingsWhere(site, integerOr(args, 'id', 0), (menuindex) => ({
      sql: 'site_content.menuindex IN (?, ?)',
      values: [menuindex - 1, menuindex + 1],
    })),
    order: BY_MENU,
  }),
});
