import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkspaceProbe } from '../../src/probes/workspace.ts';
import { fakePhp, lendShell, type FakePhp } from './shell-fake-php.ts';

let php: FakePhp;
beforeAll(() => {
  php = fakePhp();
  writeFileSync(join(php.folder, '-note.txt'), 'hello\n');
});
afterAll(() => php.remove());

it('reads a file and says when there is none', async () => {
  const probe = createWorkspaceProbe(lendShell({ kind: 'local', cwd: php.folder }));
  expect(await probe.read('-note.txt')).toEqual({ text: 'hello\n', evidence: 1 });
  expect(await probe.read('other.txt')).toEqual({ missing: true, evidence: 2 });
});

it('is blocked by what is there but no file', async () => {
  const probe = createWorkspaceProbe(lendShell({ kind: 'local', cwd: php.folder }));
  await expect(probe.read('.')).rejects.toMatchObject({ name: 'Blocked' });
});
