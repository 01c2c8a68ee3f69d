import type { CheckResult } from '../model/report.ts';

/** What the sections of the runbook are about, in our words. */
const SECTIONS: Readonly<Record<string, string>> = {
  '0': 'Runtime marker',
  '0.1': 'Known limits of the runtime',
  '1': 'Modes',
  '1.1': 'Manager only',
  '1.2': 'API only',
  '1.3': 'Hybrid',
  '2': 'Health',
  '2.1': 'Registry and smoke test',
  '2.2': 'Access by token',
  '2.3': 'Rate limit',
  '3': 'Async tasks',
  '3.1': 'Worker',
  '3.2': 'Dispatch',
  '4': 'Idempotency',
  '5': 'Streaming',
  '6': 'Incidents',
  '7': 'Release day',
  '8': 'Neighbouring packages',
  '8.1': 'API exposure',
  '8.2': 'Worker readiness',
  '8.3': 'Consumers',
  '9': 'Integration script',
};

export interface Section {
  readonly id: string;
  /** Its number and name, such as `2.3 Rate limit`. */
  readonly heading: string;
  readonly results: readonly CheckResult[];
}

/** Results by runbook section, in the order of the runbook. */
export function sectionsOf(results: readonly CheckResult[]): readonly Section[] {
  const ids = [...new Set(results.map(({ check }) => check.section))];
  return ids
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((id) => ({ id, heading: headingOf(id), results: results.filter(({ check }) => check.section === id) }));
}

function headingOf(id: string): string {
  const title = Object.hasOwn(SECTIONS, id) ? SECTIONS[id] : undefined;
  return title === undefined ? `Section ${id}` : `${id} ${title}`;
}
