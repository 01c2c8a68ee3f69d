import { describe, expect, it } from 'vitest';
import check from '../../../checks/marker/governance-lock.ts';
import type { WorkspaceProbe } from '../../../src/model/probes.ts';
import { stockExpectations } from '../../support/fakes.ts';
import { broken, trial } from '../../support/trial.ts';

const LOCK = { spec_version: '1.0-contract', toolset_version: '1.0', canonical_tools: stockExpectations.tools };

function workspaceWith(text: string | undefined): WorkspaceProbe {
  return {
    read: async () => (text === undefined ? { evidence: 1, missing: true } : { evidence: 1, text }),
  };
}

async function judge(
  text: string | undefined,
): Promise<{ readonly status: string; readonly broken: readonly string[] }> {
  const result = await trial(check, { probes: { workspace: workspaceWith(text) } });
  return { status: result.status, broken: broken(result) };
}

describe(check.id, () => {
  it('is pass for the checkout that is deployed', async () => {
    expect(await judge(JSON.stringify(LOCK))).toEqual({ status: 'pass', broken: [] });
  });

  it.each([
    ['no lock', undefined, ['readable']],
    ['a lock that is no JSON', '{', ['readable']],
    ['another toolset', JSON.stringify({ ...LOCK, toolset_version: '2.0' }), ['toolset']],
    ['another contract release', JSON.stringify({ ...LOCK, spec_version: '2.0' }), ['spec']],
    ['a tool that is not listed', JSON.stringify({ ...LOCK, canonical_tools: ['evo.other'] }), ['canonical-tools']],
    ['no list of tools', JSON.stringify({ ...LOCK, canonical_tools: null }), ['canonical-tools']],
    ['an empty list of tools', JSON.stringify({ ...LOCK, canonical_tools: [] }), ['canonical-tools']],
  ])('catches %s', async (_name, text, slugs) => {
    expect(await judge(text)).toEqual({ status: 'fail', broken: slugs });
  });

  it('is skip where no checkout is given', async () => {
    const result = await trial(check);
    expect(result.status).toBe('skip');
  });
});
