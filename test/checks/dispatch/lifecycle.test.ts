import { describe, expect, it } from 'vitest';
import check from '../../../checks/dispatch/lifecycle.ts';
import { openCatalogue } from '../../../src/catalogue/index.ts';
import { describeCheck, loadTweak } from '../../support/describe-check.ts';
import { dispatchingWorld } from '../../support/dispatching.ts';
import { trial, type TrialOptions } from '../../support/trial.ts';

describeCheck(check, {
  'an installation that queues': {},
  'one that runs dispatches inline': { ...dispatchingWorld('sync'), status: 'skip' },
});

const catalogue = await openCatalogue();

async function terminal(id: string, options: TrialOptions = {}) {
  const fault = catalogue.faults.find((one) => one.id === id);
  const tweak = fault && (await loadTweak(catalogue, fault));
  const { observations } = await trial(check, { ...options, ...(tweak ? { tweak } : {}) });
  return observations.find((one) => one.kind === 'fact' && one.slug === 'terminal');
}

const CAUSES = [
  ['a worker that never runs', 'dispatch/worker-off', 'queued'],
  ['a task that failed', 'dispatch/task-fails', 'failed'],
  ['a completion that was lost', 'dispatch/completion-lost', 'finished'],
] as const;

describe('the end of a task that did not come', () => {
  it.each(CAUSES)('is put down to %s by the database', async (_title, fault, task) => {
    expect(await terminal(fault)).toMatchObject({ held: false, actual: { key: 'accepted', task } });
  });

  it('has the same three possible causes without a database, whichever it is', async () => {
    const facts = await Promise.all(CAUSES.map(([, fault]) => terminal(fault, { without: ['database'] })));
    expect(facts).toMatchObject(CAUSES.map(() => ({ held: false, actual: { key: 'accepted' } })));
    expect(new Set(facts.map((fact) => fact?.kind === 'fact' && fact.note)).size).toBe(1);
  });

  it('is found without a worker of ours, by waiting for the whole of the promised time', async () => {
    const fact = await terminal('dispatch/task-fails', { without: ['worker', 'database'] });
    expect(fact).toMatchObject({ note: expect.stringMatching(/^after 9\d s/) as string });
  });
});
