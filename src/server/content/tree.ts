import type { Condition } from './condition.ts';
import type { DocumentQuery } from './query.ts';

type Relatives = Pick<DocumentQuery, 'joins' | 'where'>;

const MENU_ORDER = ['site_content.menuindex', 'site_content.id'] as const;

export const BY_MENU: readonly string[] = MENU_ORDER;
export const BY_MENU_DOWN: readonly string[] = MENU_ORDER.map((column) => `${column} DESC`);

export function descendantsOf(id: number, depth: number): Relatives {
  return {
    joins: ['JOIN site_content_closure ON site_content_closure.descendant = site_content.id'],
    where: [
      { sql: 'site_content_closure.ancestor = ?', values: [id] },
      { sql: 'site_content_closure.depth BETWEEN 1 AND ?', values: [depth] },
    ],
  };
}

export function ancestorsOf(id: number, depth: number | null): Relatives {
  return {
    joins: ['JOIN site_content_closure ON site_content_closure.ancestor = site_content.id'],
    where: [
      { sql: 'site_content_closure.descendant = ?', values: [id] },
      { sql: 'site_content_closure.depth > 0', values: [] },
      ...(depth === null ? [] : [{ sql: 'site_content_closure.depth <= ?', values: [depth] }]),
    ],
  };
}

/** Root documents and what hangs below them; only the ends of a branch are asked whether they are deleted. */
export function rootTree(depth: number): Relatives {
  return {
    joins: [
      'LEFT JOIN site_content_closure ON site_content.id = site_content_closure.ancestor' +
        ` AND site_content_closure.depth <= ${depth}`,
      'JOIN site_content AS t2 ON t2.id = site_content_closure.descendant',
    ],
    where: [
      { sql: 'site_content.parent = 0', values: [] },
      { sql: 't2.deleted = 0', values: [] },
    ],
  };
}

export function childrenOf(id: number): Condition {
  return { sql: 'site_content.parent = ?', values: [id] };
}

export function exceptFor(id: number): Condition {
  return { sql: 'site_content.id <> ?', values: [id] };
}

export function menuRange(from: number, to: number | null): Condition[] {
  return [
    { sql: 'site_content.menuindex >= ?', values: [from] },
    ...(to === null ? [] : [{ sql: 'site_content.menuindex <= ?', values: [to] }]),
  ];
}

export const NOTHING: Condition = { sql: '1 = 0', values: [] };
