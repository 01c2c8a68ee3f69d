import { stockExpectations } from './fakes.ts';
import type { TrialOptions } from './trial.ts';

type Outcome = (typeof stockExpectations)['dispatch']['outcome'];

const SETTINGS: Readonly<Record<Outcome, Readonly<Record<string, unknown>>>> = {
  queued: {},
  sync: { 'cms.settings.eMCP.queue.driver': 'sync' },
  unavailable: { 'cms.settings.eMCP.queue.driver': 'sync', 'cms.settings.eMCP.queue.failover': 'fail' },
};

/** A server that does with a dispatch what its profile promises. */
export function dispatchingWorld(outcome: Outcome): Pick<TrialOptions, 'expect' | 'settings'> {
  const dispatch = { ...stockExpectations.dispatch, outcome };
  return { settings: SETTINGS[outcome], expect: { dispatch } };
}
