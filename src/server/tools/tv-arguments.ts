import type { TvFilter, TvOrder } from '../content/tv-conditions.ts';
import { booleanOr, directionOr, entriesOf, objectOf, textOr } from './arguments.ts';
import { isNumeric, toText } from './coercion.ts';
import { filterOf } from './filters.ts';
import type { Scalar } from './filters.ts';
import { InvalidArguments } from './tool.ts';
import type { JsonObject } from './tool.ts';
import { array, boolean, nullable, required, string } from './validate.ts';
import type { Rules } from './validate.ts';

const TERM_RULES = { tv: [required, string], cast: [nullable, string], use_default: [nullable, boolean] } as const;

/** `tv_filters` and `tv_order` are structured; the CMS's own filter text is refused. */
export const TV_TERM_RULES: Rules = {
  tv_filters: [nullable, array],
  'tv_filters.*.tv': TERM_RULES.tv,
  'tv_filters.*.op': [required, string],
  'tv_filters.*.cast': TERM_RULES.cast,
  'tv_filters.*.use_default': TERM_RULES.use_default,
  tv_order: [nullable, array],
  'tv_order.*.tv': TERM_RULES.tv,
  'tv_order.*.dir': [nullable, string],
  'tv_order.*.cast': TERM_RULES.cast,
  'tv_order.*.use_default': TERM_RULES.use_default,
};

export function tvFilters(args: JsonObject): TvFilter[] {
  return entriesOf(args, 'tv_filters').map((entry) => tvFilter(objectOf(entry)));
}

export function tvOrders(args: JsonObject): TvOrder[] {
  return entriesOf(args, 'tv_order').map((entry) => tvOrder(objectOf(entry)));
}

function tvOrder(term: JsonObject): TvOrder {
  const reference = referenceOf(term);
  if (reference.cast?.startsWith('DECIMAL') === true) {
    throw new InvalidArguments(['Sorting by a template variable takes the casts SIGNED and UNSIGNED only.']);
  }
  return { ...reference, direction: directionOr(term, 'dir', 'asc') };
}

function tvFilter(term: JsonObject): TvFilter {
  const reference = referenceOf(term);
  const filter = filterOf(textOr(term, 'op', ''), term['value'], plainText);
  if (reference.cast !== null && filter.kind !== 'comparison') {
    throw new InvalidArguments(['A cast goes with the comparison operators only.']);
  }
  if (reference.cast !== null && filter.kind === 'comparison' && !isNumeric(String(filter.value))) {
    throw new InvalidArguments([`The cast [${reference.cast}] compares with numbers only.`]);
  }
  return { ...reference, filter };
}

function referenceOf(term: JsonObject): Omit<TvOrder, 'direction'> {
  const tv = textOr(term, 'tv', '');
  if (!/^[\w-]+$/.test(tv)) throw new InvalidArguments([`Not the name of a template variable: [${tv}].`]);
  return { tv, cast: castOf(term), useDefault: booleanOr(term, 'use_default', false) };
}

function castOf(term: JsonObject): string | null {
  const cast = textOr(term, 'cast', '').trim().toUpperCase();
  if (cast === '') return null;
  if (/^(?:UNSIGNED|SIGNED|DECIMAL\(\d{1,2},\d{1,2}\))$/.test(cast)) return cast;
  throw new InvalidArguments([`There is no cast [${cast}].`]);
}

/** The CMS takes these filters as one text with `:` and `;` between the parts, so a value may hold neither. */
function plainText(value: Scalar, op: string): string {
  const text = toText(value);
  if (text === '') throw new InvalidArguments([`The operator [${op}] needs a value.`]);
  if (/[:;]/.test(text)) throw new InvalidArguments([`The value of the operator [${op}] holds a reserved sign.`]);
  return text;
}
