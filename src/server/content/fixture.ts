import { fixtureDocuments } from './fixture-documents.ts';
import { fixturePeople } from './fixture-people.ts';
import type { SiteTables } from './site.ts';

const CODE = {
  description: '',
  category: 1,
  locked: 0,
  disabled: 0,
  createdon: 1_760_000_000,
  editedon: 1_760_000_000,
};

/** A small site of our own: enough rows for every tool to have an answer. */
export const fixtureSite: SiteTables = {
  ...fixtureDocuments,
  ...fixturePeople,
  categories: [{ id: 1, category: 'Fixture', rank: 0 }],
  site_templates: [
    {
      id: 1,
      templatename: 'Page',
      description: '',
      editor_type: 0,
      category: 1,
      icon: '',
      locked: 0,
      content: '[*content*]',
    },
  ],
  site_snippets: [
    { id: 1, name: 'Menu', ...CODE, snippet: '' },
    { id: 2, name: 'Crumbs', ...CODE, snippet: '' },
  ],
  site_plugins: [{ id: 1, name: 'Editor', ...CODE, plugincode: '' }],
  site_modules: [{ id: 1, name: 'Backup', ...CODE, modulecode: '' }],
};
