import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureSite } from '../../../src/server/content/fixture.ts';
import { contentSearch } from '../../../src/server/tools/content-search.ts';
import { InvalidArguments } from '../../../src/server/tools/tool.ts';
import type { JsonObject } from '../../../src/server/tools/tool.ts';
import { bench } from './context.ts';
import type { Bench } from './context.ts';

/** The fixture without its unpublished eighth document, as the expected ids are written for seven. */
const SEVEN = {
  ...fixtureSite,
  site_content: (fixtureSite['site_content'] ?? []).filter((row) => row['id'] !== 8),
};

const WHOLE_SITE = [1, 3, 5, 7, 2, 4];

const EXPECTED: readonly (readonly [string, JsonObject, readonly number[]])[] = [
  ['content.search', {}, [1, 2, 3, 4, 5, 7]],
  ['content.search', { parent: 2 }, [3, 4, 5]],
  ['content.search', { parent: 2, depth: 1 }, [3, 4]],
  ['content.search', { parent: 0 }, []],
  ['content.search', { deleted: true }, []],
  ['content.search', { order_by: 'pagetitle', order_dir: 'DESC' }, [3, 7, 4, 1, 5, 2]],
  ['content.search', { order_dir: 'desc' }, [7, 5, 4, 3, 2, 1]],
  ['content.search', { limit: 2, offset: 1 }, [2, 3]],
  ['content.search', { limit: true }, [1]],
  ['content.search', { limit: ' 2 ' }, [1, 2]],
  ['content.search', { limit: 1, offset: '' }, [1]],
  ['content.search', { unknown: [1], parent: null }, [1, 2, 3, 4, 5, 7]],
  ['content.root_tree', {}, [1, 2, 3, 4]],
  ['content.root_tree', { depth: 2 }, [1, 2, 3, 4, 5]],
  ['content.descendants', { id: 2 }, [3, 4]],
  ['content.descendants', { id: 2, depth: 2 }, [3, 4, 5]],
  ['content.descendants', { id: 6 }, [7]],
  ['content.ancestors', { id: 5 }, [2, 4]],
  ['content.ancestors', { id: 5, depth: 1 }, [4]],
  ['content.ancestors', { id: 7 }, []],
  ['content.children', { id: 2 }, [3, 4]],
  ['content.siblings', { id: 3 }, [4]],
  ['content.siblings', { id: 999 }, []],
  ['content.siblings', { id: 6 }, []],
  ['content.neighbors', { id: 1 }, [2]],
  ['content.neighbors', { id: 999 }, WHOLE_SITE],
  ['content.neighbors', { id: 6 }, WHOLE_SITE],
  ['content.prev_siblings', { id: 4 }, [3]],
  ['content.prev_siblings', { id: 999 }, WHOLE_SITE.toReversed()],
  ['content.next_siblings', { id: 3 }, [4]],
  ['content.next_siblings', { id: 999 }, WHOLE_SITE],
  ['content.children_range', { id: 2, from: 1 }, [4]],
  ['content.children_range', { id: 2, from: 0, to: '0' }, [3]],
  ['content.siblings_range', { id: 3, from: 0, to: 5 }, [4]],
  ['content.siblings_range', { id: 999, from: 0 }, WHOLE_SITE],
  ['content.siblings_range', { id: 999, from: 1, to: null }, [2, 4]],
];

describe('the tools that list documents', () => {
  let site: Bench;
  beforeAll(async () => {
    site = await bench(SEVEN);
  });

  it.each(EXPECTED)('%s %j lists %j', async (name, args, ids) => {
    expect(await site.ids(name, { limit: 10, ...args })).toEqual(ids);
  });

  it('tell how many items are on the page, and no total', async () => {
    const { meta } = await site.call('content.search', { limit: '2', offset: 5 });
    expect(meta).toEqual({ limit: 2, offset: 5, count: 1, toolsetVersion: '1.0' });
  });

  it('hold the smaller of the two limits', () => {
    const { limits } = site.context;
    const small = { ...site.context, limits: { ...limits, content: { ...limits.content, maxLimit: 3 } } };
    expect(() => contentSearch.call({ limit: 4 }, small)).toThrow(InvalidArguments);
    expect(contentSearch.call({ limit: 3 }, small)).toMatchObject({ value: { meta: { limit: 3 } } });
  });

  it('list unpublished documents too', async () => {
    const full = await bench();
    expect(await full.ids('content.search', { limit: 10, published: 0 })).toEqual([8]);
    expect(await full.ids('content.search', { limit: 10, published: true })).not.toContain(8);
  });

  it('refuse to sort by date, as the SQLite of the runtime does', async () => {
    await expect(site.call('content.search', { limit: 1, order_by_date: 'desc' })).rejects.toThrow('IF');
    expect(await site.problems('content.search', { limit: 1, order_by_date: 'x' })).toBe(1);
  });
});
