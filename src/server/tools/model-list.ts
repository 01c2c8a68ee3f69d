import { conditionOn } from '../content/condition.ts';
import type { Condition } from '../content/condition.ts';
import { plain } from '../content/item.ts';
import { directionOr, entriesOf, objectOf, textOr } from './arguments.ts';
import { filterOf } from './filters.ts';
import type { Scalar } from './filters.ts';
import { columnsOf } from './model-columns.ts';
import { modelNamed, publicField } from './models.ts';
import type { Model } from './models.ts';
import { listOutcome, PAGE_PROPERTIES, PAGE_RULES, pageOf } from './paging.ts';
import { inputSchema, optionalText, text } from './schema.ts';
import type { JsonObject, Tool } from './tool.ts';
import { array, nullable, required, string, validate } from './validate.ts';
import type { Rules } from './validate.ts';

const RULES: Rules = {
  model: [required, string],
  filters: [nullable, array],
  'filters.where': [nullable, array],
  'filters.where.*.field': [required, string],
  'filters.where.*.op': [required, string],
  order_by: [nullable, string],
  order_dir: [nullable, string],
  ...PAGE_RULES,
};

/** Mirrors ModelListTool. */
export const modelList: Tool = {
  name: 'evo.model.list',
  title: 'Model List Tool',
  description: 'Lists rows of a CMS model, public fields only.',
  inputSchema: inputSchema({ model: text, ...PAGE_PROPERTIES, order_by: optionalText, order_dir: optionalText }, [
    'model',
    'limit',
  ]),
  call(args, { site, limits, toolsetVersion }) {
    validate(args, RULES);
    const model = modelNamed(textOr(args, 'model', ''), limits.models.allow);
    const page = pageOf(args, { limit: limits.maxItems, offset: limits.models.maxOffset });
    const column = columnsOf(site, model);
    const where = conditions(args, model, column);
    const order = `${column(publicField(model, textOr(args, 'order_by', 'id')))} ${directionOr(args, 'order_dir', 'asc')}`;
    const sql =
      `SELECT * FROM ${model.table}${where.length > 0 ? ' WHERE ' : ''}${where.map(({ sql }) => sql).join(' AND ')}` +
      ` ORDER BY ${order} LIMIT ${page.limit} OFFSET ${page.offset}`;
    const rows = site.prepare(sql).all(...where.flatMap(({ values }) => values));
    const items = rows.map((row) => plain(row, model.fields));
    return listOutcome(items, page, { toolsetVersion, model: model.name });
  },
};

function conditions(args: JsonObject, model: Model, column: (field: string) => string): Condition[] {
  return entriesOf(objectOf(args['filters']), 'where').map((entry) => {
    const term = objectOf(entry);
    const field = publicField(model, textOr(term, 'field', ''));
    return conditionOn(column(field), filterOf(textOr(term, 'op', ''), term['value'], bind));
  });
}

/** Whole numbers go as such, other numbers as text: the column's own type decides how they compare. */
function bind(value: Scalar): bigint | string {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(Number(value)) ? BigInt(value) : String(value);
}
