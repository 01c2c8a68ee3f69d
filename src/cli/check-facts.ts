import { profilesFolder } from '../catalogue/index.ts';
import { loadProfile } from '../config/load.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Installation } from '../config/installation.ts';
import type { Profile } from '../model/profile.ts';
import type { RequestCount } from '../model/requests.ts';
import { describeRevisions } from '../model/revisions.ts';
import { countsOf, type Counts } from '../plan/index.ts';
import { withTarget } from '../targets/open.ts';
import { WITH_SECRET, WITH_TOKEN } from './installations.ts';

/** Rows of a name and what is said under it. */
export type CheckFacts = readonly (readonly [name: string, value: string])[];

/** What a check declares besides its metadata, for the profile whose figures are shown. */
export interface Declarations {
  /** When it applies; `null` where it always does. */
  readonly when: string | null;
  /** Requests at most, by bucket, for an operator who has everything, with the secret or a token in its place. */
  readonly sends: { readonly withSecret: Sends; readonly withToken: Sends };
  /** Seconds a queued task may take. */
  readonly taskSeconds: number;
}

type Sends = Counts | { readonly nothing: string };

const SHOWN_PROFILE = 'hybrid';

export async function declarationsOf(check: AnyCheck): Promise<Declarations> {
  const folder = profilesFolder();
  const profile = await loadProfile(SHOWN_PROFILE, { folder, cwd: folder });
  const [withSecret, withToken] = await Promise.all(
    [WITH_SECRET, WITH_TOKEN].map((installation) => sendsOf(check, profile, installation)),
  );
  const nothing = { nothing: 'nothing' };
  return {
    when: check.applies?.when ?? null,
    sends: { withSecret: withSecret ?? nothing, withToken: withToken ?? nothing },
    taskSeconds: profile.expect.dispatch.completesWithin,
  };
}

async function sendsOf(check: AnyCheck, profile: Profile, installation: Installation): Promise<Sends> {
  return withTarget(installation, async ({ facts: target }) => {
    const missing = check.needs.find((capability) => !target.offers[capability].offered);
    if (missing !== undefined) return { nothing: `does not run without ${missing}` };
    try {
      return countsOf(check, { profile, target });
    } catch (error) {
      return { nothing: `the check cannot say: ${error instanceof Error ? error.message : String(error)}` };
    }
  });
}

/** What docs/checks.md and `emcp explain` say of a check, below its title and above its remedy. */
export function factsOf(check: AnyCheck, declarations: Declarations): CheckFacts {
  const { withSecret, withToken } = declarations.sends;
  const [sends, sendsWithToken] = [formatSends(withSecret), formatSends(withToken)];
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Runbook', `§${check.section}`],
    ['Severity', check.severity === 'must' ? 'must: red is fail' : 'should: red is warn'],
    ['Impact', check.impact],
    ['Applies', declarations.when === null ? 'always' : `where ${declarations.when}`],
    ['Revisions', check.revisions && describeRevisions(check.revisions)],
    ['Needs', check.needs.join(', ') || 'nothing'],
    ['Uses if there', check.optional?.join(', ')],
    ['After', check.after?.join(', ')],
    ['Guards', check.guards?.join(', ')],
    ['Sends', sends],
    ['With a token', sendsWithToken === sends ? undefined : sendsWithToken],
    ['Leaves behind', leftBehind(check)],
    ['Waits', waits(check, declarations)],
    ['Time limit', check.timeLimitMs === undefined ? undefined : `${check.timeLimitMs / 1000} s`],
    ['Cites', check.cites.join(', ')],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function formatSends(sends: Sends): string {
  if ('nothing' in sends) return sends.nothing;
  const [own, others] = [formatRequests(sends.requests), formatRequests(sends.otherRequests)];
  const parts = [...(own === '' ? [] : [own]), ...(others === '' ? [] : [`others: ${others}`])];
  return parts.join('; ') || 'no request';
}

function formatRequests(counts: RequestCount): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([bucket, count]) => `${count} ${bucket}`)
    .join(', ');
}

function leftBehind({ dispatches }: AnyCheck): string | undefined {
  if (dispatches === undefined || dispatches === 0) return undefined;
  const [record, row] = dispatches === 1 ? ['record', 'row'] : ['records', 'rows'];
  return `${dispatches} idempotency ${record} and, where dispatch is queued, ${dispatches} task ${row}`;
}

function waits({ waitsSeconds, awaitsTasks }: AnyCheck, { taskSeconds }: Declarations): string | undefined {
  const parts = [
    ...(waitsSeconds === undefined ? [] : [`up to ${waitsSeconds} s for the rate limiter`]),
    ...(awaitsTasks === undefined
      ? []
      : [`${awaitsTasks > 1 ? `${awaitsTasks} × ` : ''}up to ${taskSeconds} s for a queued task`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
