import type { Report } from '../model/report.ts';
import { withTarget } from '../targets/open.ts';
import { checkTarget, type CheckTargetInput } from './check-target.ts';

/** The checks again over what a saved run kept, as it was planned then; no socket is opened, and nothing is waited for. */
export async function replayRun(report: Report, input: Pick<CheckTargetInput, 'checks' | 'signal'>): Promise<Report> {
  const { seed, only: named, planned, strict } = report.run;
  const { allow = [], wait = false, narrowed: only = [] } = planned ?? {};
  const [protocolVersion] = report.profile.expect.protocolVersions;
  return withTarget({ kind: 'replay', report, protocolVersion }, (target) =>
    checkTarget({
      ...input,
      target,
      profile: report.profile,
      planning: { allow, wait, only, named, seed },
      strict,
      interruptedBy: () => report.run.interrupted,
      pause: async () => undefined,
    }),
  );
}
