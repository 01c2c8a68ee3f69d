import type { SiteTables } from './site.ts';

type Row = SiteTables[string][number];

interface Page {
  readonly id: number;
  readonly title: string;
  readonly parent?: number;
  readonly menuindex: number;
  readonly isfolder?: number;
  readonly published?: number;
  readonly deleted?: number;
}

const PAGES: readonly Page[] = [
  { id: 1, title: 'Home', menuindex: 0 },
  { id: 2, title: 'About', menuindex: 1, isfolder: 1 },
  { id: 3, title: 'Team', parent: 2, menuindex: 0 },
  { id: 4, title: 'Jobs', parent: 2, menuindex: 1, isfolder: 1 },
  { id: 5, title: 'Dev', parent: 4, menuindex: 0 },
  { id: 6, title: 'Archive', menuindex: 2, isfolder: 1, deleted: 1 },
  { id: 7, title: 'Minutes', parent: 6, menuindex: 0 },
  { id: 8, title: 'Draft', menuindex: 3, published: 0 },
];

const START = 1_760_000_000;

const VARIABLE = { editor_type: 0, category: 1, locked: 0, elements: '', display: '', display_params: '' };

export const fixtureDocuments = {
  site_content: PAGES.map((page) => documentRow(page)),
  site_content_closure: PAGES.flatMap((page) => closureRows(page)),
  site_tmplvars: [
    {
      id: 1,
      type: 'number',
      name: 'price',
      caption: 'Price',
      description: '',
      default_text: '5',
      rank: 0,
      ...VARIABLE,
    },
    {
      id: 2,
      type: 'text',
      name: 'color',
      caption: 'Colour',
      description: '',
      default_text: 'grey',
      rank: 1,
      ...VARIABLE,
    },
  ],
  site_tmplvar_contentvalues: [
    { id: 1, tmplvarid: 1, contentid: 3, value: '10' },
    { id: 2, tmplvarid: 1, contentid: 4, value: '200' },
    { id: 3, tmplvarid: 2, contentid: 4, value: 'red' },
  ],
  site_tmplvar_templates: [
    { tmplvarid: 1, templateid: 1, rank: 0 },
    { tmplvarid: 2, templateid: 1, rank: 1 },
  ],
} satisfies SiteTables;

function documentRow({ id, title, parent = 0, menuindex, isfolder = 0, published = 1, deleted = 0 }: Page): Row {
  const texts = {
    pagetitle: title,
    longtitle: `${title} of the fixture site`,
    description: '',
    alias: title.toLowerCase(),
  };
  const times = { createdon: START + id * 60, editedon: START + id * 90, pub_date: 0, unpub_date: 0 };
  const place = { parent, menuindex, isfolder, template: 1, hidemenu: 0 };
  const body = { introtext: '', content: `<p>${title}</p>`, privateweb: 0, privatemgr: 0 };
  return { id, type: 'document', ...texts, ...place, published, deleted, ...times, ...body };
}

/** One row for the page itself and one for each page above it. */
function closureRows(page: Page): Row[] {
  return lineOf(page).map(({ id: ancestor }, depth) => ({
    closure_id: page.id * 10 + depth,
    ancestor,
    descendant: page.id,
    depth,
  }));
}

function lineOf(page: Page): Page[] {
  const parent = PAGES.find(({ id }) => id === page.parent);
  return parent === undefined ? [page] : [page, ...lineOf(parent)];
}
