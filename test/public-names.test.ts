import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { openCatalogue } from '../src/catalogue/index.ts';
import { describeChanges, publicNames } from './support/public-names.ts';
import { usageCodesIn } from './support/source-names.ts';

const FILE = join(import.meta.dirname, 'public-names.yaml');
const HEAD =
  '# Names that other programs build on; docs/compatibility.md says how they may change. Written by npm run names.\n';

const namesFile = z.record(z.string(), z.array(z.string()));
const names = await publicNames();
const committed = namesFile.parse(existsSync(FILE) ? parse(readFileSync(FILE, 'utf8')) : {});

describe('public names', () => {
  it('are those of test/public-names.yaml', async () => {
    const text = HEAD + stringify(names, { lineWidth: 0 });
    await expect(text, describeChanges(committed, names)).toMatchFileSnapshot(FILE);
  });

  it('have a slug for every check', async () => {
    const { checks } = await openCatalogue();
    const withSlug = new Set(names['slugs']?.map((name) => name.split(':')[0]));
    expect(checks.map(({ id }) => id).filter((id) => !withSlug.has(id))).toEqual([]);
  });

  it('are told apart when one is renamed, with what to do', () => {
    const before = { checks: ['a/b must', 'a/c must'], lacks: ['scope'] };
    const text = describeChanges(before, { checks: ['a/b should', 'a/c must'], lacks: ['scope'], new: ['x'] });
    expect(text).toContain('- checks: a/b must\n  + checks: a/b should\n  + new: x\n');
    expect(text).toContain('only after one release in which the old one still works');
    expect(text).toContain('npm run names');
    expect(describeChanges(before, before)).toBe('');
  });
});

describe('codes of usage errors', () => {
  const codes = (text: string) => usageCodesIn(text, 'file.ts');

  it('are found as literals, by constants and through functions', () => {
    expect(codes(`throw new UsageError('plain', 'says');`)).toEqual(['plain']);
    expect(codes(`const code = link ? 'one' : 'other'; throw new UsageError(code, 'says');`)).toEqual(['one', 'other']);
    expect(
      codes(`
        throw usage('first', 'says');
        throw usage('second', 'says');
        function usage(code: string, message: string): UsageError { return new UsageError(code, message); }
      `).toSorted(),
    ).toEqual(['first', 'second']);
  });

  it('are an error where they cannot be seen', () => {
    expect(() => codes('throw new UsageError(codeOf(error), "says");')).toThrow('file.ts: the code of a UsageError');
    expect(() => codes('throw new UsageError(rule.code, "says");')).toThrow('cannot be seen');
  });

  it('are patterns where a part is left open', () => {
    expect(codes('throw new UsageError(`no-${option}`, "says");')).toEqual(['no-<…>']);
  });
});
