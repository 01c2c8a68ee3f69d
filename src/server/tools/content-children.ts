import { BY_MENU, childrenOf } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import type { Tool } from './tool.ts';
import { TV_NAMES_RULES, withTvs } from './tv-names.ts';

/** Mirrors ContentChildrenTool. */
export const contentChildren: Tool = documentListTool({
  name: 'evo.content.children',
  title: 'Content Children Tool',
  description: 'Lists the documents directly below a document.',
  properties: ID_PROPERTY,
  required: ['id', 'limit'],
  rules: { ...ID_RULES, ...TV_NAMES_RULES },
  select: (args, context) => ({
    where: [childrenOf(integerOr(args, 'id', 0))],
    tvs: withTvs(args, context),
    order: BY_MENU,
  }),
});
