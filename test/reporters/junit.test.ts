import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../src/reporters/junit.ts';
import { anyReport } from '../support/arbitrary-report.ts';

describe('the JUnit report', () => {
  it('is well-formed XML of the known elements, whatever the target said', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const elements = read(renderJunit(report));
        expect(elements[0]?.name).toBe('testsuites');
        const known = 'testsuites testsuite properties property testcase failure error skipped system-out'.split(' ');
        expect(known).toEqual(expect.arrayContaining(elements.map(({ name }) => name)));
        expect(elements.filter(({ name }) => name === 'testcase')).toHaveLength(report.results.length);
      }),
      { numRuns: 60 },
    );
  });

  it('counts in every suite what is in it', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const [all] = read(renderJunit(report));
        const { pass: _pass, fail, blocked, error, skip } = report.totals;
        expect(all?.attributes).toMatchObject({
          tests: String(report.results.length),
          failures: String(fail),
          errors: String(blocked + error),
          skipped: String(skip),
        });
      }),
      { numRuns: 30 },
    );
  });
});

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A strict reader: anything XML 1.0 forbids is thrown. */
function read(xml: string): Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, attributes }));
  parser.write(xml).close();
  return elements;
}
