import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkerProbe } from '../../src/probes/worker.ts';
import { fakePhp, lendShell, type FakePhp } from './shell-fake-php.ts';

let php: FakePhp;
beforeAll(() => {
  php = fakePhp();
});
afterAll(() => php.remove());

it('lets a worker that never ends work until its deadline, and ends it', async () => {
  const lent = lendShell({ kind: 'local' }, { deadlineMs: 200 });
  const result = await createWorkerProbe({ ...lent, command: [...php.command, 'hangs'] }).run();
  expect(result).toMatchObject({ exit: null, signal: 'SIGTERM', evidence: 1 });
  expect(lent.journal.entries()[0]).toMatchObject({ probe: 'worker', response: { endedAtDeadline: true } });
});

it('reports a worker that ends by itself', async () => {
  const lent = lendShell({ kind: 'local' });
  const result = await createWorkerProbe({ ...lent, command: [...php.command, 'fails'] }).run();
  expect(result).toMatchObject({ exit: 3, signal: null });
  expect(lent.journal.entries()[0]?.response).not.toHaveProperty('endedAtDeadline');
});
