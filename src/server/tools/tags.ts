import type { DocumentQuery } from '../content/query.ts';
import { entriesOf, integerOr, objectOf } from './arguments.ts';
import { InvalidArguments } from './tool.ts';
import type { JsonObject } from './tool.ts';
import { array, integer, min, nullable, string } from './validate.ts';
import type { Rules } from './validate.ts';

export const TAGS_RULES: Rules = {
  tags_data: [nullable, array],
  'tags_data.tv_id': [nullable, integer, min(1)],
  'tags_data.tags': [nullable, array],
  'tags_data.tags.*': [string],
};

/** Documents tagged through a tag variable; a core without the tag tables answers with an SQL error. */
export function taggedWith(args: JsonObject): Pick<DocumentQuery, 'joins' | 'where'> {
  if (args['tags_data'] === undefined || args['tags_data'] === null) return { joins: [], where: [] };
  const data = objectOf(args['tags_data']);
  const id = integerOr(data, 'tv_id', 0);
  const tags = entriesOf(data, 'tags').map(String);
  if (id < 1 || tags.length === 0) throw new InvalidArguments(['The argument tags_data needs tv_id and tags.']);
  if (tags.some((tag) => /[:;]/.test(tag))) throw new InvalidArguments(['A tag holds a reserved sign.']);
  return {
    joins: [
      'RIGHT JOIN site_content_tags ON site_content_tags.doc_id = site_content.id',
      'RIGHT JOIN tags ON tags.id = site_content_tags.tag_id',
    ],
    where: [
      { sql: `tags.name IN (${tags.map(() => '?').join(', ')})`, values: tags },
      { sql: 'site_content_tags.tv_id = ?', values: [id] },
    ],
  };
}
