import { describe, expect, it } from 'vitest';
import { contentTools } from '../../../src/server/tools/index.ts';

const CONTENT =
  'search get root_tree descendants ancestors children siblings neighbors prev_siblings next_siblings'.split(' ');
const RANGES = ['children_range', 'siblings_range'];

describe('the tools of the content server', () => {
  it('are listed in this order', () => {
    const content = [...CONTENT, ...RANGES].map((tool) => `evo.content.${tool}`);
    expect(contentTools.map(({ name }) => name)).toEqual([...content, 'evo.model.list', 'evo.model.get']);
  });

  it.each(contentTools)(
    '$name bears the words of its name as title, and a description',
    ({ name, title, description }) => {
      expect(`${name.replace('evo.', '').replaceAll(/[._]/g, ' ')} tool`).toBe(title.toLowerCase());
      expect(description).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('list less than they take: search requires nothing', () => {
    const [search, , , , , , , , , , range] = contentTools;
    expect(JSON.stringify(search?.inputSchema)).toBe(
      '{"properties":{"limit":{"minimum":1,"type":"integer"},"offset":{"minimum":0,"type":["integer","null"]},' +
        '"parent":{"minimum":0,"type":["integer","null"]},"depth":{"minimum":1,"type":["integer","null"]},' +
        '"order_by":{"type":["string","null"]},"order_dir":{"type":["string","null"]},' +
        '"order_by_date":{"type":["string","null"]}},"type":"object"}',
    );
    expect(range?.inputSchema).toMatchObject({ required: ['id', 'from', 'limit'] });
  });
});
