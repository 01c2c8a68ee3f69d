import { tvColumns } from '../content/tv-columns.ts';
import type { TvColumns } from '../content/tv-columns.ts';
import { entriesOf } from './arguments.ts';
import { InvalidArguments } from './tool.ts';
import type { JsonObject, ToolContext } from './tool.ts';
import { array, nullable, string } from './validate.ts';
import type { Rules } from './validate.ts';

export const TV_NAMES_RULES: Rules = { with_tvs: [nullable, array], 'with_tvs.*': [string] };

/** The template variables of `with_tvs`. */
export function withTvs(args: JsonObject, { site }: ToolContext): TvColumns {
  const names = entriesOf(args, 'with_tvs').map(String);
  const wrong = names.find((name) => !/^[\w-]+(?::d)?$/.test(name));
  if (wrong !== undefined) throw new InvalidArguments([`Not the name of a template variable: [${wrong}].`]);
  return tvColumns(site, names);
}
