import type { Fact } from '../model/observation.ts';
import type { CheckResult, Report } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';
import { curlFor, type Curl } from './curl.ts';
import { keptExchange, type KeptExchange } from './exchange.ts';
import { STATUSES } from './status.ts';

const TELLING = new Set<Status>(['fail', 'error', 'blocked', 'warn']);

/** A result somebody has to look at, with what it was read from. */
export interface Finding {
  readonly result: CheckResult;
  readonly broken: readonly Fact[];
  /** The exchanges the broken facts point at, or the last one where no fact was seen. */
  readonly exchanges: readonly KeptExchange[];
  /** Asks again what the first broken fact was read from; not where the server was gone with the run. */
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

function findingOf(result: CheckResult, { journal, target }: Report): Finding {
  const broken = brokenFacts(result);
  const own = journal.filter(({ check }) => check === result.check.id);
  const seen = new Set(broken.flatMap((fact) => fact.seen));
  const entries = seen.size > 0 ? own.filter(({ sequence }) => seen.has(sequence)) : own.slice(-1);
  const exchanges = entries.flatMap((entry) => keptExchange(entry) ?? []);
  return {
    result,
    broken,
    exchanges,
    curl: target.kind === 'embedded' ? undefined : curlOf(exchanges, broken, target),
  };
}

function curlOf(exchanges: readonly KeptExchange[], [first]: readonly Fact[], { insecure }: Report['target']) {
  const telling = exchanges.find(({ entry }) => entry.sequence === first?.seen.at(-1)) ?? exchanges[0];
  return telling && curlFor(telling, insecure);
}
