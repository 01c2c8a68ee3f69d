import type { Database } from '../database.ts';
import type { Condition } from './condition.ts';
import { childrenOf } from './tree.ts';

interface Position {
  readonly parent: number;
  readonly menuindex: number;
}

/** Where a document hangs, or undefined when there is none or it is deleted. */
export function positionOf(site: Database, id: number): Position | undefined {
  const row = site.prepare('SELECT parent, menuindex FROM site_content WHERE deleted = 0 AND id = ?').get(id);
  return row && { parent: Number(row['parent']), menuindex: Number(row['menuindex']) };
}

/** Mirrors the model's sibling scopes: for a document they do not find they add nothing, and the whole site answers. */
export function siblingsWhere(
  site: Database,
  id: number,
  where: (menuindex: number) => Condition | undefined = () => undefined,
): Condition[] {
  const position = positionOf(site, id);
  if (position === undefined) return [];
  const more = where(position.menuindex);
  return [childrenOf(position.parent), ...(more === undefined ? [] : [more])];
}
