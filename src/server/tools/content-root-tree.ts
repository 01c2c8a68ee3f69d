import { rootTree } from '../content/tree.ts';
import { depthOr, documentListTool } from './document-list.ts';
import { optionalIntegerFrom } from './schema.ts';
import type { Tool } from './tool.ts';
import { TV_NAMES_RULES, withTvs } from './tv-names.ts';
import { integer, min, nullable } from './validate.ts';

/** Mirrors ContentRootTreeTool. */
export const contentRootTree: Tool = documentListTool({
  name: 'evo.content.root_tree',
  title: 'Content Root Tree Tool',
  description: 'Lists the root documents and what lies below them, down to a depth.',
  properties: { depth: optionalIntegerFrom(1) },
  required: ['limit'],
  rules: { depth: [nullable, integer, min(1)], ...TV_NAMES_RULES },
  select: (args, context) => ({
    ...rootTree(depthOr(args, context, 1)),
    table: 't2',
    tvs: withTvs(args, context),
    order: ['t2.id'],
  }),
});
