import { positionOf } from '../content/siblings.ts';
import { BY_MENU, childrenOf, exceptFor, NOTHING } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import type { Tool } from './tool.ts';
import { TV_NAMES_RULES, withTvs } from './tv-names.ts';

/** Mirrors ContentSiblingsTool, the one of its family that looks whether the document is there. */
export const contentSiblings: Tool = documentListTool({
  name: 'evo.content.siblings',
  title: 'Content Siblings Tool',
  description: 'Lists the other documents below the same parent.',
  properties: ID_PROPERTY,
  required: ['id', 'limit'],
  rules: { ...ID_RULES, ...TV_NAMES_RULES },
  select(args, context) {
    const id = integerOr(args, 'id', 0);
    const position = positionOf(context.site, id);
    return {
      where: position === undefined ? [NOTHING] : [childrenOf(position.parent), exceptFor(id)],
      tvs: withTvs(args, context),
      order: BY_MENU,
    };
  },
});
