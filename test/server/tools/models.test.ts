import { beforeAll, describe, expect, it } from 'vitest';
import { modelList } from '../../../src/server/tools/model-list.ts';
import { InvalidArguments } from '../../../src/server/tools/tool.ts';
import type { Json, JsonObject } from '../../../src/server/tools/tool.ts';
import { bench } from './context.ts';
import type { Bench } from './context.ts';

const MISSING_FIELDS = {
  isfrontend: null,
  createdon: null,
  editedon: null,
  blocked: null,
  blockeduntil: null,
  blockedafter: null,
};

const FOUND: readonly (readonly [string, JsonObject, readonly number[]])[] = [
  ['SiteSnippet', { field: 'name', op: 'like', value: 'men' }, [1]],
  ['SiteSnippet', { field: 'name', op: 'like-r', value: 'm' }, [1]],
  ['SiteSnippet', { field: 'name', op: 'like-l', value: 's' }, [2]],
  ['SiteSnippet', { field: 'id', op: 'in', value: '1, 2' }, [1, 2]],
  ['SiteSnippet', { field: 'id', op: 'not_in', value: [1, 'x'] }, [2]],
  ['SiteSnippet', { field: 'id', op: '>', value: '1' }, [2]],
  ['SiteSnippet', { field: 'disabled', op: '=', value: false }, [1, 2]],
  ['SiteTmplvarContentvalue', { field: 'value', op: '=', value: 10 }, [1]],
  ['User', { field: 'username', op: '!null' }, [1, 2, 3, 4]],
  ['User', { field: 'blocked', op: '=', value: 0 }, []],
  ['User', { field: 'blocked', op: '!=', value: 0 }, [1, 2, 3, 4]],
  ['User', { field: 'blocked', op: 'null' }, []],
];

const REFUSED: readonly (readonly [JsonObject, number])[] = [
  [{ model: 'Nope' }, 1],
  [{ model: 'Other\\Models\\User' }, 1],
  [{ model: ['User'] }, 1],
  [{ model: '' }, 1],
  [{ limit: 0 }, 1],
  [{ limit: 101 }, 1],
  [{ limit: 'x', model: null }, 2],
  [{ offset: 5001 }, 1],
  [{ order_by: 'password' }, 1],
  [{ order_dir: 'up' }, 1],
  [{ filters: 'x' }, 1],
  [{ filters: { where: 'x' } }, 1],
  [{ filters: { where: [{}] } }, 2],
  [{ filters: { where: [{ field: 'password', op: '!null' }] } }, 1],
  [{ filters: { where: [{ field: 'id', op: '=' }] } }, 1],
  [{ filters: { where: [{ field: 'id', op: '=', value: [1] }] } }, 1],
  [{ filters: { where: [{ field: 'id', op: 'in', value: [] }] } }, 1],
  [{ filters: { where: [{ field: 'id', op: 'regexp', value: 'x' }] } }, 1],
];

describe('the model tools', () => {
  let site: Bench;
  beforeAll(async () => {
    site = await bench();
  });

  it.each(FOUND)('find %s rows where %j', async (model, filter, ids) => {
    expect(await site.ids('model.list', { model, limit: 10, filters: { where: [filter] } })).toEqual(ids);
  });

  it.each(REFUSED)('refuse %j', async (args, count) => {
    expect(await site.problems('model.list', { model: 'User', limit: 1, ...args })).toBe(count);
  });

  it.each([null, [], { raw: '1=0' }, { where: null }])('take filters that say nothing: %j', async (filters: Json) => {
    expect(await site.ids('model.list', { model: 'User', limit: 1, filters })).toEqual([1]);
  });

  it.each(['user', 'EvolutionCMS\\Models\\User', '\\evolutioncms\\models\\USER'])(
    'know a model as %s',
    async (model) => {
      const { item, meta } = await site.call('model.get', { model, id: '1' });
      expect(item).toEqual({ id: 1, username: 'admin', ...MISSING_FIELDS });
      expect(meta).toEqual({ toolsetVersion: '1.0', model: 'User' });
    },
  );

  it('sort by a field and page', async () => {
    const { items, meta } = await site.call('model.list', {
      model: 'User',
      limit: 2,
      offset: 1,
      order_by: 'username',
      order_dir: 'Desc',
    });
    expect(items?.map((item) => item['id'])).toEqual([2, 4]);
    expect(meta).toEqual({ limit: 2, offset: 1, count: 2, toolsetVersion: '1.0', model: 'User' });
  });

  it('find nothing without an error', async () => {
    expect((await site.call('model.get', { model: 'Category', id: 99 })).item).toBeNull();
  });

  it('answer for every allowed model and never with a hidden column', async () => {
    const { allow } = site.context.limits.models;
    const answers = await Promise.all(allow.map((model) => site.call('model.list', { model, limit: 100 })));
    expect(answers).toHaveLength(13);
    expect(answers.filter(({ items }) => items?.length === 0)).toEqual([]);
    expect(JSON.stringify(answers)).not.toMatch(/hidden-|password|cachepwd|verified_key|_token|sessionid/);
  });

  it('read only what the setting allows', () => {
    const limits = { ...site.context.limits, models: { maxOffset: 0, allow: ['EvolutionCMS\\Models\\Category'] } };
    const narrow = { ...site.context, limits };
    expect(modelList.call({ model: 'category', limit: 1 }, narrow)).toMatchObject({
      value: { meta: { model: 'Category' } },
    });
    expect(() => modelList.call({ model: 'User', limit: 1 }, narrow)).toThrow(InvalidArguments);
  });
});
