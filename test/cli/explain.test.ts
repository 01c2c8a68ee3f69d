import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import { runExplain, type ExplainFlags } from '../../src/cli/commands/explain-run.ts';
import { factsOfAll } from '../../src/cli/reference.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/checks.md'), 'utf8');
const { checks } = await openCatalogue();

describe('explaining a check', () => {
  it('is possible for every check of the page', async () => {
    expect([...(await factsOfAll()).keys()].toSorted()).toEqual(checks.map(({ id }) => id).toSorted());
  });

  it.each(checks.map(({ id }) => id))('says of %s what docs/checks.md says', async (id) => {
    const [, section = ''] = PAGE.split(`\n## \`${id}\`\n`);
    const [onPage = ''] = section.split('\n## ');
    const printed = await explained(id);
    expect(factsIn(printed, /^ {2}(.{14}) (.*)$/gm)).toEqual([
      ...factsIn(onPage, /^- ([^:]*): (.*)$/gm),
      ['seen red by', expect.anything()],
    ]);
    for (const text of /\*\*(.*)\*\* (.*)\n/.exec(onPage)?.slice(1) ?? [undefined]) expect(printed).toContain(text);
    expect(printed).toContain(/If red: (.*)/.exec(onPage)?.[1]);
  });

  it('says when it applies, what it sends, leaves behind and waits for', async () => {
    expect(factsOf(await explained('stream/disabled'))).toMatchObject({
      applies: 'where a streaming tool is named (`expect.stream`) and streaming is expected to be off',
    });
    expect(factsOf(await explained('rate/recovery'))).toMatchObject({
      applies: 'where a rate limit is expected',
      sends: 'others: 33 unknown',
      'with a token': '30 resources/read; others: 3 resources/read',
      waits: 'up to 62 s for the rate limiter',
    });
    expect(factsOf(await explained('dispatch/lifecycle'))).toMatchObject({
      'leaves behind': '1 idempotency record and, where dispatch is queued, 1 task row',
      waits: 'up to 90 s for a queued task',
    });
    expect(factsOf(await explained('auth/scope-matrix'))['with a token']).toBe('does not run without mint');
    expect(factsOf(await explained('protocol/initialize'))).toMatchObject({ revisions: 'up to 2025-11-25' });
    expect(factsOf(await explained('config/modes'))).toMatchObject({ applies: 'always', sends: 'no request' });
  });

  it('says it as JSON, too', async () => {
    const document: unknown = JSON.parse(await explained('rate/threshold', { json: true }));
    expect(document).toMatchObject({
      schema: 'emcp.explain/1',
      check: { id: 'rate/threshold' },
      when: 'a rate limit is expected',
      sends: { withSecret: { requests: {} }, withToken: { requests: { 'resources/read': 30 } } },
    });
  });

  it('says of an own check that it cannot say what it sends', async () => {
    const own = `export default {
      id: 'mine', title: 'Mine', proves: 'p', remedy: 'r', section: '1', cites: ['c'], severity: 'must',
      impact: 'read', needs: ['mcp'], requests: () => { throw new Error('of no use'); }, async *run() {},
    }`;
    const folder = folderWith({ 'own/mine.mjs': own.replace("'mine'", "'own/mine'") });
    expect(factsOf(await explained('own/mine', { checks: [folder] }))).toMatchObject({
      sends: 'the check cannot say: of no use',
      'seen red by': 'no fault of the reference server',
    });
  });
});

async function explained(id: string, flags: ExplainFlags = {}): Promise<string> {
  const io = testIo();
  expect(await runExplain(id, flags, io)).toBe(0);
  return io.written;
}

function factsOf(printed: string): Readonly<Record<string, string>> {
  return Object.fromEntries(factsIn(printed, /^ {2}(.{14}) (.*)$/gm));
}

function factsIn(text: string, pattern: RegExp): [name: string, value: string][] {
  return [...text.matchAll(pattern)].map(([, name = '', value = '']) => [name.trim().toLowerCase(), value]);
}
