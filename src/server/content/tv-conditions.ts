import { conditionOn } from './condition.ts';
import type { Condition, Filter } from './condition.ts';

interface TvReference {
  readonly tv: string;
  /** `UNSIGNED`, `SIGNED` or `DECIMAL(p,s)`; to SQLite they all mean a number. */
  readonly cast: string | null;
  readonly useDefault: boolean;
}

export interface TvFilter extends TvReference {
  readonly filter: Filter;
}

export interface TvOrder extends TvReference {
  readonly direction: 'asc' | 'desc';
}

/** Mirrors the model's tvFilter scope: it names the joins of withTVs, so a variable not asked for is an SQL error. */
export function tvCondition({ filter, ...reference }: TvFilter): Condition {
  return conditionOn(tvField(reference), filter);
}

export function tvOrderTerm({ direction, ...reference }: TvOrder): string {
  return `${tvField(reference)} ${direction}`;
}

function tvField({ tv, cast, useDefault }: TvReference): string {
  const value = useDefault ? `IFNULL("tv_${tv}"."value", "tvd_${tv}"."default_text")` : `"tv_${tv}"."value"`;
  return cast === null ? value : `CAST(${value} AS ${cast})`;
}
