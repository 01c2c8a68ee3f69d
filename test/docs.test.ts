import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openCatalogue } from '../src/catalogue/index.ts';

const ROOT = join(import.meta.dirname, '..');

interface Line {
  readonly id: string;
  readonly says: string;
  readonly planned?: string;
  readonly unobservable?: string;
}

const lines = parse(readFileSync(join(ROOT, 'docs/runbook.yaml'), 'utf8')) as readonly Line[];
const { checks } = await openCatalogue();
const cited = new Set(checks.flatMap((check) => check.cites));

describe('the runbook coverage', () => {
  it('maps every line to a check, to what is planned, or to why it is unobservable, and to one of them only', () => {
    const wrong = lines.filter((line) => {
      const answers = [cited.has(`runbook:${line.id}`), line.planned !== undefined, line.unobservable !== undefined];
      return answers.filter(Boolean).length !== 1;
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('knows every line a check cites', () => {
    const known = new Set(lines.map((line) => `runbook:${line.id}`));
    expect([...cited].filter((cite) => cite.startsWith('runbook:') && !known.has(cite))).toEqual([]);
  });

  it('has generated pages that are current', { timeout: 120_000 }, () => {
    execFileSync(process.execPath, ['bin/build.js', '--if-stale'], { cwd: ROOT });
    expect(() =>
      execFileSync(process.execPath, ['bin/docs.js', '--check'], { cwd: ROOT, stdio: 'pipe' }),
    ).not.toThrow();
  });
});
