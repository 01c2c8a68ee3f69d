import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureSite } from '../../../src/server/content/fixture.ts';
import type { Json, JsonObject } from '../../../src/server/tools/tool.ts';
import { bench } from './context.ts';
import type { Bench } from './context.ts';

const PRICE = { limit: 10, with_tvs: ['price:d'] };

const FILTERED: readonly (readonly [JsonObject, readonly number[]])[] = [
  [{ op: '>', value: 50, cast: 'unsigned' }, [4]],
  [{ op: '>', value: '50' }, []],
  [{ op: '=', value: 10 }, [3]],
  [{ op: '!=', value: '10' }, [4]],
  [{ op: '>=', value: '9.5', cast: 'DECIMAL(10,2)' }, [3, 4]],
  [{ op: 'null' }, [1, 2, 5, 7, 8]],
  [{ op: '!null', value: 'ignored' }, [3, 4]],
  [{ op: 'null', use_default: true }, []],
  [{ op: '=', value: '5', use_default: '1' }, [1, 2, 5, 7, 8]],
  [{ op: 'in', value: '10, 200' }, [3, 4]],
  [{ op: 'not_in', value: [10] }, [4]],
  [{ op: 'like', value: '0' }, [3, 4]],
  [{ op: 'like-l', value: '00' }, [4]],
  [{ op: 'like-r', value: 1 }, [3]],
];

const REFUSED: readonly Json[] = [
  'price:>:100',
  ['price:>:100'],
  [{ tv: 'price' }],
  [{ tv: 'price', op: '=' }],
  [{ tv: 'price', op: '=', value: null }],
  [{ tv: 'price', op: '=', value: ['10'] }],
  [{ tv: 'price', op: '=', value: '1;2' }],
  [{ tv: 'price', op: 'in', value: ' , ' }],
  [{ tv: 'price', op: 'in', value: [['10']] }],
  [{ tv: 'price', op: 'rlike', value: '1' }],
  [{ tv: 'price:d', op: '=', value: '1' }],
  [{ tv: 'price', op: '=', value: '1', cast: 'CHAR' }],
  [{ tv: 'price', op: '=', value: 'x', cast: 'SIGNED' }],
  [{ tv: 'price', op: 'like', value: '1', cast: 'SIGNED' }],
  [{ tv: 'price', op: '=', value: '1', use_default: 'true' }],
];

describe('template variables in evo.content.search', () => {
  let site: Bench;
  beforeAll(async () => {
    site = await bench();
  });

  it('stand in the items as asked for, without their defaults', async () => {
    const { items } = await site.call('content.search', {
      limit: 1,
      offset: 2,
      with_tvs: ['color:d', 'price', 'price', 'nope'],
    });
    expect(JSON.stringify(items?.[0]?.['tvs'])).toBe('{"color":null,"price":"10","nope":null}');
  });

  it.each([[[]], [null]])('are left out when with_tvs is %j', async (names) => {
    const { items } = await site.call('content.search', { limit: 1, with_tvs: names });
    expect(items?.[0]).not.toHaveProperty('tvs');
  });

  it.each(['price', ['price;x'], [5], [null], ['price:x']])('are not named by %j', async (names) => {
    expect(await site.problems('content.search', { limit: 1, with_tvs: names })).toBe(1);
  });

  it.each(FILTERED)('filter by %j', async (filter, ids) => {
    expect(await site.ids('content.search', { ...PRICE, tv_filters: [{ tv: 'price', ...filter }] })).toEqual(ids);
  });

  it.each(REFUSED)('refuse the filter %j', async (filters) => {
    expect(await site.problems('content.search', { ...PRICE, tv_filters: filters })).toBeGreaterThan(0);
  });

  it('name every missing part of every filter', async () => {
    expect(await site.problems('content.search', { limit: 1, tv_filters: ['x', { tv: 'price' }] })).toBe(3);
  });

  it('sort numerically with a cast and as text without', async () => {
    const sorted = async (term: JsonObject): Promise<unknown[]> =>
      (await site.ids('content.search', { ...PRICE, tv_order: [{ tv: 'price', ...term }] })).slice(0, 3);
    expect(await sorted({ dir: 'desc', cast: 'SIGNED' })).toEqual([4, 3, 1]);
    expect(await sorted({ dir: 'desc' })).toEqual([4, 3, 1]);
    expect(await sorted({ use_default: true, cast: 'UNSIGNED', dir: 'desc' })).toEqual([4, 3, 1]);
    expect(await sorted({ use_default: true, dir: 'DESC' })).toEqual([1, 2, 5]);
    expect(await sorted({})).toEqual([1, 2, 5]);
  });

  it.each([{ dir: 'up' }, { cast: 'DECIMAL(4,2)' }, { cast: 'x' }, { dir: 5 }])('refuse the order %j', async (term) => {
    expect(await site.problems('content.search', { ...PRICE, tv_order: [{ tv: 'price', ...term }] })).toBe(1);
  });

  it.each([
    { tv_filters: [{ tv: 'color', op: '=', value: 'red' }] },
    { tv_order: [{ tv: 'color' }] },
    { with_tvs: ['price'], tv_filters: [{ tv: 'price', op: '=', value: '5', use_default: true }] },
    { with_tvs: ['nope'], tv_filters: [{ tv: 'nope', op: 'null' }] },
  ])('fail in SQL for %j', async (args) => {
    await expect(site.call('content.search', { ...PRICE, ...args })).rejects.toThrow('no such column');
  });

  it.each(['root_tree', 'descendants', 'ancestors', 'children', 'siblings'])('come with %s', async (tool) => {
    const { items } = await site.call(`content.${tool}`, { id: 4, depth: 1, limit: 10, with_tvs: ['price'] });
    expect(items?.length).toBeGreaterThan(0);
    expect(items?.every((item) => item['tvs'] !== undefined)).toBe(true);
  });

  it('do not come with neighbors', async () => {
    const { items } = await site.call('content.neighbors', { id: 4, limit: 10, with_tvs: ['price'] });
    expect(items?.[0]).not.toHaveProperty('tvs');
  });
});

describe('tags_data in evo.content.search', () => {
  const TAGS = { limit: 10, tags_data: { tv_id: 5, tags: ['new'] } };

  it('fails in SQL on a core without tag tables', async () => {
    const site = await bench();
    await expect(site.call('content.search', TAGS)).rejects.toThrow('no such table');
  });

  it('selects by tag on a core with them', async () => {
    const site = await bench({
      ...fixtureSite,
      tags: [{ id: 1, name: 'new' }],
      site_content_tags: [{ doc_id: 4, tv_id: 5, tag_id: 1 }],
    });
    expect(await site.ids('content.search', TAGS)).toEqual([4]);
  });

  it.each([{}, { tv_id: 5 }, { tv_id: 0, tags: ['a'] }, { tv_id: 5, tags: [] }, { tv_id: 5, tags: ['a:b'] }, 'a'])(
    'refuses %j',
    async (data) => {
      const site = await bench();
      expect(await site.problems('content.search', { limit: 1, tags_data: data })).toBeGreaterThan(0);
    },
  );
});
