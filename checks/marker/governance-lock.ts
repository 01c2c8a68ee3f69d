import {
  at,
  defineCheck,
  MOST_PAGES,
  equals,
  holds,
  isList,
  jsonOf,
  parseJson,
  readToolPages,
} from '../../src/kit/index.ts';

const LOCK = '.ci/governance-lock.json';

export default defineCheck({
  id: 'marker/governance-lock',
  title: 'The governance lock of the package agrees with the live target',
  proves: 'What is deployed is the contract release that was reviewed: its version, toolset and canonical tools.',
  remedy: 'Deploy the checkout the lock belongs to, or point `--workspace` at the checkout that is deployed.',
  section: '0',
  cites: ['runbook:0/marker', 'CONTRACT 10.3'],
  severity: 'must',
  impact: 'read',
  requests: { initialize: 1, 'tools/list': MOST_PAGES },
  needs: ['workspace', 'mcp', 'token'],

  async *run({ workspace, mcp, token, expect }) {
    const file = await workspace.read(LOCK);
    const lock = 'text' in file ? parseJson(file.text) : undefined;
    yield holds('readable', {
      actual: lock ? 'JSON' : `no JSON in ${LOCK}`,
      expected: 'JSON',
      held: lock !== undefined,
      seen: file,
    });
    if (lock === undefined) return;
    const sound = await token.sound();
    const reply = await mcp.initialize(expect.protocolVersions[0] ?? '', { token: sound });
    const toolset = at(jsonOf(reply), 'result', 'capabilities', 'evo', 'toolsetVersion');
    yield equals('toolset', {
      actual: toolset,
      expected: at(lock, 'toolset_version') ?? '(absent)',
      seen: [file, reply],
    });
    yield holds('spec', {
      actual: at(lock, 'spec_version'),
      expected: '1.0-contract',
      held: /1\.0-contract/.test(JSON.stringify(at(lock, 'spec_version') ?? null)),
      seen: file,
    });
    const { tools, seen } = await readToolPages(mcp, { token: sound });
    const listed = new Set(tools.map((tool) => at(tool, 'name')));
    const canonical = at(lock, 'canonical_tools');
    const isNamed = isList(canonical) && canonical.length > 0;
    const missing = isNamed ? canonical.filter((name) => !listed.has(name)) : ['(no list)'];
    yield equals('canonical-tools', { actual: { missing }, expected: { missing: [] }, seen: [file, ...seen] });
  },
});
