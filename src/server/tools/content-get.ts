import { documentItem } from '../content/item.ts';
import { findDocuments } from '../content/query.ts';
import { integerOr } from './arguments.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import { itemOutcome } from './paging.ts';
import { inputSchema } from './schema.ts';
import type { Tool } from './tool.ts';
import { TV_NAMES_RULES, withTvs } from './tv-names.ts';
import { validate } from './validate.ts';

/** Mirrors ContentGetTool. */
export const contentGet: Tool = {
  name: 'evo.content.get',
  title: 'Content Get Tool',
  description: 'Fetches one document by its id.',
  inputSchema: inputSchema(ID_PROPERTY, ['id']),
  call(args, context) {
    validate(args, { ...ID_RULES, ...TV_NAMES_RULES });
    const tvs = withTvs(args, context);
    // `id` stands without its table, as in the runtime: with a template variable joined it is ambiguous and fails.
    const where = [{ sql: 'id = ?', values: [integerOr(args, 'id', 0)] }];
    const query = { table: 'site_content', joins: [], where, order: [], tvs } as const;
    const [row] = findDocuments(context.site, query, { limit: 1, offset: 0 });
    return itemOutcome(row === undefined ? null : documentItem(row, tvs), { toolsetVersion: context.toolsetVersion });
  },
};
