import { remedyForAnswerer } from '../model/answered-by.ts';
import type { Fact } from '../model/observation.ts';
import { journalOf, type CheckResult, type Report } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';
import { curlFor, type Curl } from './curl.ts';
import { keptExchange, type KeptExchange } from './exchange.ts';
import { STATUSES } from './status.ts';

const TELLING = new Set<Status>(['fail', 'error', 'blocked', 'warn']);

/** A result somebody has to look at, with what it was read from. */
export interface Finding {
  readonly result: CheckResult;
  readonly broken: readonly Fact[];
  /** The exchanges it was read from, or the last one where nothing was seen. */
  readonly exchanges: readonly KeptExchange[];
  /** Sends again what it was read from; not where the server was gone with the run. */
  readonly curl: Curl | undefined;
}

/** The worst first; within a status in the order of the report. */
export function findingsOf(report: Report): readonly Finding[] {
  const rank = (result: CheckResult): number => STATUSES.indexOf(result.status);
  return report.results
    .filter(({ status }) => TELLING.has(status))
    .toSorted((a, b) => rank(a) - rank(b))
    .map((result) => findingOf(result, report));
}

export function brokenFacts(result: CheckResult): readonly Fact[] {
  return result.observations.filter((seen): seen is Fact => seen.kind === 'fact' && !seen.held);
}

/**
 * What to do about a result. What the check advises is right where eMCP broke the claim; where somebody else answered,
 * eMCP said nothing that could be changed, and the advice is about whoever did.
 */
export function remedyOf(result: CheckResult): string {
  const { check, observations } = result;
  if (brokenFacts(result).length > 0) return check.remedy;
  if (isIntermittent(result)) return INTERMITTENT;
  const by = observations.flatMap((seen) => (seen.kind === 'inconclusive' ? (seen.answeredBy ?? []) : []))[0];
  return (by && remedyForAnswerer(by)) ?? check.remedy;
}

/** A warning although all of it holds: somebody else answered in between. */
export function isIntermittent(result: CheckResult): boolean {
  return result.status === 'warn' && brokenFacts(result).length === 0;
}

const INTERMITTENT = 'Look for the node or process that fails at times: the log of what is in front of eMCP names it.';

/** One result with what it was read from, for a person who looks into it. */
export function findingOf(result: CheckResult, report: Report): Finding {
  const { target } = report;
  const broken = brokenFacts(result);
  const telling = broken.length > 0 ? broken : result.observations.filter((seen) => seen.kind === 'inconclusive');
  const own = journalOf(report)
    .filter(({ check }) => check === result.check.id)
    .flatMap((entry) => keptExchange(entry) ?? []);
  const exchanges = tellingExchanges(own, new Set(telling.flatMap(({ seen }) => seen ?? [])));
  const last = telling[0]?.seen?.at(-1);
  const again = exchanges.find(({ entry }) => entry.sequence === last) ?? exchanges[0];
  const curl = target.kind === 'embedded' ? undefined : again && curlFor(again, target.insecure);
  return { result, broken, exchanges, curl };
}

/** What was seen; else what somebody else answered in between; else the last of all. */
function tellingExchanges(own: readonly KeptExchange[], seen: ReadonlySet<number>): readonly KeptExchange[] {
  if (seen.size > 0) return own.filter(({ entry }) => seen.has(entry.sequence));
  const foreign = own.filter(({ answer }) => answer.kind === 'answered' && answer.inPlace !== undefined);
  return foreign.length > 0 ? foreign : own.slice(-1);
}
