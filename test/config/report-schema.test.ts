import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/config/report-schema.ts';
import { isObject, type Json } from '../../src/model/json.ts';
import { json } from '../../src/model/json-schema.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { sampleReport } from '../support/sample-report.ts';

describe('reading a report', () => {
  const whole = json.parse(JSON.parse(renderJson(sampleReport())));

  it('ignores keys that a later release added, at whatever depth', () => {
    const later = withLaterKeys(whole);
    expect(later).not.toEqual(whole);
    expect(readReport(later)).toEqual({ kind: 'report', report: later });
  });

  it('still names what is wrong beside them', () => {
    const broken = isObject(whole) ? { ...whole, profile: { id: 'hybrid', title: 'Hybrid', later: 1 } } : whole;
    expect(readReport(broken)).toMatchObject({ kind: 'broken', key: 'profile.expect' });
  });
});

/** Their keys are data. */
const MAPS = new Set(['headers', 'exclude', 'settings']);

function withLaterKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withLaterKeys);
  if (!isObject(value)) return value;
  const same = Object.entries(value).map(([name, inner]) => {
    return [name, MAPS.has(name) ? inner : withLaterKeys(inner)] as const;
  });
  return { ...Object.fromEntries(same), addedLater: true };
}
