import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/index.ts';
import type { CommandResult, Probes } from '../../src/model/probes.ts';
import { failed, trial } from '../support/trial.ts';

const catalogue = await openCatalogue();
const CHECKS = [
  ['registry/list-servers', 'listed'],
  ['registry/smoke', 'passed'],
  ['interop/sync-workers', 'synced'],
] as const;

function saying(change: Partial<CommandResult>): Pick<Probes, 'artisan'> {
  const run = async (): Promise<CommandResult> => ({
    exit: 0,
    signal: null,
    stdout: '',
    stderr: '',
    ms: 1,
    evidence: 1,
    ...change,
  });
  return { artisan: { run } };
}

describe.each(CHECKS)('%s', (id, slug) => {
  it.each([
    ['nothing', {}],
    ['a banner', { stdout: 'Welcome to web1\n' }],
    ['a shell without PHP', { exit: 127, stderr: 'sh: php: not found\n' }],
    ['a file that may not be run', { exit: 126, stderr: 'sh: artisan: Permission denied\n' }],
    ['a host that is not there', { exit: 255, stderr: 'ssh: connect to host web1 port 22: No route to host\n' }],
    ['a container that is not there', { exit: 1, stderr: 'Error response from daemon: No such container: app\n' }],
    ['PHP without artisan', { exit: 1, stdout: 'Could not open input file: artisan\n' }],
    ['a signal', { exit: null, signal: 'SIGKILL' }],
  ])('is blocked where the console says %s', async (_name, change) => {
    const result = await trial(await catalogue.load(id), { probes: saying(change) });
    expect({ status: result.status, failed: failed(result) }).toEqual({ status: 'blocked', failed: [] });
    expect(result.reason).toMatch(/^inconclusive: the console was /);
  });

  it.each([
    ['the application fails', { exit: 255, stderr: 'PHP Fatal error:  Uncaught RuntimeException: Duplicate tool\n' }],
    ['the command is not known', { exit: 1, stdout: '\n  Command "emcp:x" is not defined.\n' }],
  ])('is red where %s', async (_name, change) => {
    const result = await trial(await catalogue.load(id), { probes: saying(change), without: ['database'] });
    expect({ status: result.status, failed: failed(result) }).toEqual({ status: 'fail', failed: [slug] });
  });
});

describe('the handles of registry/list-servers', () => {
  it('are no claim where nobody says which are in use', async () => {
    const result = await trial(await catalogue.load('registry/list-servers'), { without: ['mcp'] });
    expect(result.observations.map((one) => 'slug' in one && one.slug)).toEqual(['listed']);
  });
});
