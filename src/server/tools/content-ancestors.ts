import { ancestorsOf } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { depthOr, documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import { optionalIntegerFrom } from './schema.ts';
import type { Tool } from './tool.ts';
import { TV_NAMES_RULES, withTvs } from './tv-names.ts';
import { integer, min, nullable } from './validate.ts';

/** Mirrors ContentAncestorsTool. */
export const contentAncestors: Tool = documentListTool({
  name: 'evo.content.ancestors',
  title: 'Content Ancestors Tool',
  description: 'Lists the documents above a document, the root first.',
  properties: { ...ID_PROPERTY, depth: optionalIntegerFrom(1) },
  required: ['id', 'limit'],
  rules: { ...ID_RULES, depth: [nullable, integer, min(1)], ...TV_NAMES_RULES },
  select: (args, context) => ({
    ...ancestorsOf(integerOr(args, 'id', 0), depthOr(args, context, null)),
    tvs: withTvs(args, context),
    order: ['site_content_closure.depth DESC', 'site_content.id'],
  }),
});
