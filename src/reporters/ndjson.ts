import type { CheckMeta } from '../model/check.ts';
import type { RunEvent } from '../model/events.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { jsonText } from './json-text.ts';

export const EVENT_SCHEMA = 'emcp.event/1';

/** One event as one line, with its line end. */
export function renderEvent(event: RunEvent): string {
  return `${jsonText({ schema: EVENT_SCHEMA, event: event.kind, ...detailsOf(event) })}\n`;
}

/** The events of a run that is over, as far as its report tells them. */
export function renderNdjson(report: Report): string {
  const events: readonly RunEvent[] = [
    { kind: 'started', planned: report.results.length },
    ...report.results.map((result) => ({ kind: 'check-finished' as const, result })),
    { kind: 'finished', report },
  ];
  return events.map(renderEvent).join('');
}

function detailsOf(event: RunEvent): object {
  switch (event.kind) {
    case 'started':
      return { planned: event.planned };
    case 'pacing':
      return { seconds: event.seconds, reason: event.reason };
    case 'check-started':
      return { check: nameOf(event.check) };
    case 'observed':
      return { check: event.check, observation: event.observation };
    case 'check-finished':
      return finishedOf(event.result);
    case 'finished':
      return summaryOf(event.report);
  }
}

function nameOf({ id, title, section, severity, impact }: CheckMeta): object {
  return { id, title, section, severity, impact };
}

function finishedOf({ check, ...result }: CheckResult): object {
  return { check: nameOf(check), ...result };
}

/** Results and journal are left to the report: the events before this one told them. */
function summaryOf({ tool, run, target, runtime, profile, totals, outcome }: Report): object {
  const { kind, label, url, insecure } = target;
  return {
    tool,
    run,
    target: { kind, label, url: url ?? null, insecure },
    runtime,
    profile: profile.id,
    totals,
    outcome,
  };
}
