import { descendantsOf } from '../content/tree.ts';
import { integerOr } from './arguments.ts';
import { depthOr, documentListTool } from './document-list.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import { optionalIntegerFrom } from './schema.ts';
import type { Tool } from './tool.ts';
import { TV_NAMES_RULES, withTvs } from './tv-names.ts';
import { integer, min, nullable } from './validate.ts';

/** Mirrors ContentDescendantsTool. */
export const contentDescendants: Tool = documentListTool({
  name: 'evo.content.descendants',
  title: 'Content Descendants Tool',
  description: 'Lists what lies below a document, down to a depth.',
  properties: { ...ID_PROPERTY, depth: optionalIntegerFrom(1) },
  required: ['id', 'limit'],
  rules: { ...ID_RULES, depth: [nullable, integer, min(1)], ...TV_NAMES_RULES },
  select: (args, context) => ({
    ...descendantsOf(integerOr(args, 'id', 0), depthOr(args, context, 1)),
    tvs: withTvs(args, context),
    order: ['site_content.parent', 'site_content.menuindex', 'site_content.id'],
  }),
});
