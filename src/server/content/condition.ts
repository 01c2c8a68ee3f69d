import type { SqlValue } from '../database.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const COMPARISONS = ['=', '!=', '>', '>=', '<', '<='] as const;
const LISTS = ['in', 'not_in'] as const;
const PATTERNS = ['like', 'like-l', 'like-r'] as const;
const PRESENCES = ['null', '!null'] as const;

/** What a filter asks of a field; `like-l` and `like-r` say on which side of the text the wildcard stands. */
export type Filter =
  | { readonly kind: 'comparison'; readonly op: (typeof COMPARISONS)[number]; readonly value: SqlValue }
  | { readonly kind: 'list'; readonly op: (typeof LISTS)[number]; readonly values: readonly SqlValue[] }
  | { readonly kind: 'pattern'; readonly op: (typeof PATTERNS)[number]; readonly text: string }
  | { readonly kind: 'presence'; readonly op: (typeof PRESENCES)[number] };

export type Operator = {
  readonly [Kind in Filter['kind']]: Pick<Extract<Filter, { kind: Kind }>, 'kind' | 'op'>;
}[Filter['kind']];

const OPERATORS: readonly Operator[] = [
  ...COMPARISONS.map((op) => ({ kind: 'comparison', op }) as const),
  ...LISTS.map((op) => ({ kind: 'list', op }) as const),
  ...PATTERNS.map((op) => ({ kind: 'pattern', op }) as const),
  ...PRESENCES.map((op) => ({ kind: 'presence', op }) as const),
];

export function operatorNamed(name: string): Operator | undefined {
  return OPERATORS.find(({ op }) => op === name);
}

/** `field` is SQL, not a value: callers pass quoted names only. */
export function conditionOn(field: string, filter: Filter): Condition {
  switch (filter.kind) {
    case 'comparison':
      return { sql: `${field} ${filter.op} ?`, values: [filter.value] };
    case 'list': {
      const marks = filter.values.map(() => '?').join(', ');
      return { sql: `${field} ${filter.op === 'in' ? 'IN' : 'NOT IN'} (${marks})`, values: filter.values };
    }
    case 'pattern':
      return { sql: `${field} LIKE ?`, values: [pattern(filter)] };
    case 'presence':
      return { sql: `${field} IS ${filter.op === 'null' ? '' : 'NOT '}NULL`, values: [] };
  }
}

function pattern({ op, text }: Extract<Filter, { kind: 'pattern' }>): string {
  if (op === 'like-l') return `%${text}`;
  return op === 'like-r' ? `${text}%` : `%${text}%`;
}
