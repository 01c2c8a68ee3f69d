import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchemas } from '../../src/config/json-schemas.ts';
import { report } from '../../src/model/report.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { nodesOf } from '../support/json-paths.ts';
import { sampleReport } from '../support/sample-report.ts';

const PROFILES = join(import.meta.dirname, '../../profiles');

function accepts(file: string, value: unknown): boolean {
  const schema = JSON.parse(JSON.stringify(jsonSchemas()[file])) as Parameters<typeof z.fromJSONSchema>[0];
  return z.fromJSONSchema(schema).safeParse(value).success;
}

describe('the JSON schemas', () => {
  it.each(readdirSync(PROFILES))('accept the profile %s, and not with another key', (file) => {
    const profile = parse(readFileSync(join(PROFILES, file), 'utf8')) as object;
    expect(accepts('profile.schema.json', profile)).toBe(true);
    expect(accepts('profile.schema.json', { ...profile, expects: {} })).toBe(false);
  });

  it('accept a report, and not one without its totals', () => {
    const { totals, ...rest } = JSON.parse(renderJson(sampleReport())) as Record<string, unknown>;
    expect(accepts('report.schema.json', { ...rest, totals })).toBe(true);
    expect(accepts('report.schema.json', rest)).toBe(false);
  });

  it('say the unit of every number that is no count, as docs/compatibility.md does', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/compatibility.md'), 'utf8');
    const numbers = nodesOf(report).filter(({ node }) => node['type'] === 'number');
    const unnamed = numbers.filter(({ path }) => !/(?:Ms|Seconds|windows)$/.test(path));
    expect([...new Set(unnamed.map(({ path }) => path))]).toEqual([
      'profile.expect.dispatch.completesWithin',
      'journal[].at',
      'journal[].ms',
    ]);
    for (const { path, node } of unnamed) {
      const unit = /^(?:milli)?seconds/.exec(String(node['description']))?.[0];
      expect(text).toContain(`\`${path}\`: ${unit}`);
    }
  });

  it('accept a configuration that names its credentials, and none that holds them', () => {
    const configuration = (token: string) => ({ targets: { live: { url: 'https://example.org', token } } });
    expect(accepts('emcp.schema.json', configuration('${env:LIVE_TOKEN}'))).toBe(true);
    expect(accepts('emcp.schema.json', configuration('plain'))).toBe(false);
  });
});
