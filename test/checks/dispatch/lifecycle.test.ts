import { describe, expect, it } from 'vitest';
import check from '../../../checks/dispatch/lifecycle.ts';
import { openCatalogue } from '../../../src/catalogue/index.ts';
import { defineFault, tamper, transportError } from '../../../src/kit/index.ts';
import type { DatabaseProbe } from '../../../src/model/probes.ts';
import type { ServerTweak } from '../../../src/server/tweak.ts';
import { describeCheck, loadTweak } from '../../support/describe-check.ts';
import { dispatchingWorld } from '../../support/dispatching.ts';
import { failed, trial, type TrialOptions } from '../../support/trial.ts';

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

  /** Whatever it is asked for. */
  const noRow = new Proxy({} as DatabaseProbe, { get: () => async () => ({ row: null, rows: [], evidence: 1 }) });

  it('is not told from a database that does not have the task, and neither is its failure', async () => {
    const ended = await trial(check, { probes: { database: noRow } });
    expect([ended.status, failed(ended)]).toEqual(['blocked', []]);
    expect(ended.reason).toContain('not in this database');
    const fact = await terminal('dispatch/worker-off', { probes: { database: noRow } });
    expect(fact).toMatchObject({
      held: false,
      actual: { key: 'accepted' },
      note: expect.stringContaining('this database does not tell which') as string,
    });
  });

  it('is not put down to a worker where the key is answered with a refusal', async () => {
    let dispatches = 0;
    const refusing = defineFault<ServerTweak>({
      id: 'test/refusing',
      title: '-',
      story: '-',
      breaks: [],
      app: tamper(
        ({ dispatch }) => dispatch && (dispatches += 1) > 1,
        (answer) => transportError(answer, 403, 'tool_denied'),
      ),
    });
    const { observations } = await trial(check, { tweak: refusing, without: ['database'] });
    const fact = observations.find((one) => one.kind === 'fact' && one.slug === 'terminal');
    expect(fact).toMatchObject({ note: expect.stringContaining('HTTP 403 ("tool_denied")') as string });
    expect(fact).not.toMatchObject({ note: expect.stringContaining('worker is down') as string });
  });

  it('is none where the key says completed with the status of a task that waits', async () => {
    const unended = defineFault<ServerTweak>({
      id: 'test/unended',
      title: '-',
      story: '-',
      breaks: [],
      app: tamper(
        ({ dispatch }, { text }) => dispatch && text.includes('"completed"'),
        (answer) => ({ ...answer, status: 202 }),
      ),
    });
    const { observations } = await trial(check, { tweak: unended, without: ['database'] });
    expect(observations.find((one) => one.kind === 'fact' && one.slug === 'terminal')).toMatchObject({
      held: false,
      actual: { key: 'completed, with HTTP 202' },
    });
  });

  it.each([
    ['there is no PHP', { exit: 127, stderr: 'sh: php: not found\n' }, 'blocked', []],
    ['the host is not there', { exit: 255, stderr: 'ssh: no route to host\n' }, 'blocked', []],
    [
      'the worker fails',
      { exit: 255, stderr: 'PHP Fatal error:  Uncaught PDOException: no table\n' },
      'fail',
      ['terminal'],
    ],
    ['the worker went on until it was ended', { exit: null, signal: 'SIGTERM' }, 'fail', ['terminal']],
  ] as const)('is nobody’s failure but of our command where %s', async (_name, change, status, slugs) => {
    const run = async () => ({ signal: null, stdout: '', stderr: '', ms: 1, evidence: 1, ...change });
    const result = await trial(check, { probes: { worker: { run } } });
    expect({ status: result.status, failed: failed(result) }).toEqual({ status, failed: slugs });
    if (status === 'blocked') expect(result.reason).toContain('the worker command ran no worker');
  });

  it('is found without a worker of ours, by waiting for the whole of the promised time', async () => {
    const fact = await terminal('dispatch/task-fails', { without: ['worker', 'database'] });
    expect(fact).toMatchObject({ note: expect.stringMatching(/^after 9\d s/) as string });
  });
});
