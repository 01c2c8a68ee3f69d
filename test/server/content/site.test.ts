import { describe, expect, it } from 'vitest';
import { fixtureSite } from '../../../src/server/content/fixture.ts';
import { openSite } from '../../../src/server/content/site.ts';

describe('a site in memory', () => {
  it('keeps numbers as numbers and texts as texts', async () => {
    const site = await openSite({
      things: [
        { id: 7, size: 3, name: null },
        { id: 9, size: null, name: '4' },
      ],
    });
    expect(site.prepare('SELECT * FROM things WHERE size = ?').all('3')).toMatchObject([
      { id: 7, size: 3, name: null },
    ]);
    expect(site.prepare('SELECT * FROM things WHERE name = ?').all(4n)).toMatchObject([{ id: 9 }]);
    site.close();
  });

  it('holds a table without rows', async () => {
    const site = await openSite({ empty: [] });
    expect(site.prepare('SELECT * FROM empty').all()).toEqual([]);
    site.close();
  });

  it('is its own: what one site changes, another does not see', async () => {
    const [one, other] = [await openSite(fixtureSite), await openSite(fixtureSite)];
    one.exec('DELETE FROM site_content');
    expect(other.prepare('SELECT count(*) AS n FROM site_content').get()).toMatchObject({ n: 8 });
  });
});

describe('the fixture site', () => {
  it('has four people with the permissions their checks need', async () => {
    const site = await openSite(fixtureSite);
    const granted = site.prepare(
      `SELECT internalKey AS user, group_concat(permission ORDER BY permission) AS permissions FROM user_attributes
       LEFT JOIN role_permissions ON role_id = role AND permission LIKE 'emcp%' GROUP BY internalKey`,
    );
    expect(granted.all()).toMatchObject([
      { user: 1, permissions: 'emcp,emcp_dispatch,emcp_manage' },
      { user: 2, permissions: null },
      { user: 3, permissions: 'emcp' },
      { user: 4, permissions: 'emcp,emcp_dispatch' },
    ]);
  });
});
