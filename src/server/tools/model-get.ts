import { plain } from '../content/item.ts';
import { integerOr, textOr } from './arguments.ts';
import { ID_PROPERTY, ID_RULES } from './identity.ts';
import { modelNamed } from './models.ts';
import { itemOutcome } from './paging.ts';
import { inputSchema, text } from './schema.ts';
import type { Tool } from './tool.ts';
import { required, string, validate } from './validate.ts';

/** Mirrors ModelGetTool. */
export const modelGet: Tool = {
  name: 'evo.model.get',
  title: 'Model Get Tool',
  description: 'Fetches one row of a CMS model by its id, public fields only.',
  inputSchema: inputSchema({ model: text, ...ID_PROPERTY }, ['model', 'id']),
  call(args, { site, limits, toolsetVersion }) {
    validate(args, { model: [required, string], ...ID_RULES });
    const model = modelNamed(textOr(args, 'model', ''), limits.models.allow);
    const row = site.prepare(`SELECT * FROM ${model.table} WHERE id = ?`).get(integerOr(args, 'id', 0));
    return itemOutcome(row === undefined ? null : plain(row, model.fields), { toolsetVersion, model: model.name });
  },
};
