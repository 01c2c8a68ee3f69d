/** Nothing in a report of version 1 tells what it would have taken, or what it left behind. */
const UNKNOWN_PLAN = {
  routes: [],
  requests: 0,
  leftovers: { taskRows: 0, idempotencyRecords: 0, auditLines: 0, prefix: '' },
};

/**
 * `emcp.report/1` as `emcp.report/2`: the words of `--only` and the requests by route were not kept, a skip for lack of
 * something did not say of what, and two keys of a check had no unit in their names.
 */
export function fromVersion1(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { run, plan, results } = value;
  return {
    ...value,
    schema: 'emcp.report/2',
    ...(isRecord(run) ? { run: { ...run, only: [] } } : {}),
    ...(isRecord(plan) ? { plan: { ...plan, ...UNKNOWN_PLAN } } : {}),
    ...(Array.isArray(results) ? { results: results.map(resultOf) } : {}),
  };
}

function resultOf(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { lacking, check, ...same } = value;
  return {
    ...same,
    check: isRecord(check) ? checkOf(check) : check,
    ...(lacking === undefined || lacking === false ? {} : { lacks: lacking === true ? 'unstated' : lacking }),
  };
}

function checkOf({ waits, timeLimit, ...same }: Record<string, unknown>): unknown {
  return {
    ...same,
    ...(waits === undefined ? {} : { waitsSeconds: waits }),
    ...(timeLimit === undefined ? {} : { timeLimitMs: timeLimit }),
  };
}

const NAMES_BEFORE: Readonly<Record<string, string>> = {
  waitsSeconds: 'waits',
  timeLimitMs: 'timeLimit',
  lacks: 'lacking',
};

/** The name that a key of a result, or of its check, had in version 1. */
export function keyInVersion1(path: readonly string[]): readonly string[] {
  const last = path.at(-1) ?? '';
  const before = path[0] === 'results' && Object.hasOwn(NAMES_BEFORE, last) ? NAMES_BEFORE[last] : undefined;
  return before === undefined ? path : [...path.slice(0, -1), before];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
