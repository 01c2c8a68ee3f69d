import { beforeAll, describe, expect, it } from 'vitest';
import { bench } from './context.ts';
import type { Bench } from './context.ts';

describe('evo.content.get', () => {
  let site: Bench;
  beforeAll(async () => {
    site = await bench();
  });

  it('shows the public fields in their order and kinds, and no body', async () => {
    const { item, meta } = await site.call('content.get', { id: 3 });
    expect(JSON.stringify(item)).toBe(
      JSON.stringify({
        id: 3,
        parent: 2,
        pagetitle: 'Team',
        longtitle: 'Team of the fixture site',
        description: '',
        alias: 'team',
        published: 1,
        deleted: 0,
        hidemenu: false,
        menuindex: 0,
        template: 1,
        createdon: '2025-10-09T08:56:20.000000Z',
        editedon: '2025-10-09T08:57:50.000000Z',
        pub_date: 0,
        unpub_date: 0,
        isfolder: 0,
        type: 'document',
      }),
    );
    expect(meta).toEqual({ toolsetVersion: '1.0' });
  });

  it.each([{ id: 6 }, { id: 999 }, { id: '9223372036854775807' }])(
    'finds nothing for %j, and that is no error',
    async (args) => {
      expect((await site.call('content.get', args)).item).toBeNull();
    },
  );

  it('fails once a known template variable is asked for', async () => {
    await expect(site.call('content.get', { id: 3, with_tvs: ['price'] })).rejects.toThrow('ambiguous');
  });

  it('answers null for unknown template variables', async () => {
    const { item } = await site.call('content.get', { id: 3, with_tvs: ['nope', '__proto__'] });
    expect(JSON.stringify(item?.['tvs'])).toBe('{"nope":null,"__proto__":null}');
  });
});
