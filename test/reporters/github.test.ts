import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderGithub } from '../../src/reporters/github.ts';
import { anyReport } from '../support/arbitrary-report.ts';

describe('the GitHub annotations', () => {
  it('are one command for every check to look at and one for the run, whatever the target said', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const commands = runnerReads(renderGithub(report));
        const { fail, error, blocked, warn } = report.totals;
        expect(commands.filter(({ name }) => name === 'error')).toHaveLength(fail + error + blocked);
        expect(commands.filter(({ name }) => name === 'warning')).toHaveLength(warn);
        expect(commands.filter(({ name }) => name === 'notice')).toHaveLength(1);
        expect(commands.every(({ properties }) => Object.keys(properties).join() === 'title')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('bring title and message through as they were', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const { properties, message } of runnerReads(renderGithub(report))) {
          expect(`${properties['title']}${message}`).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
          expect(properties['title']).toMatch(/^(?:fail|error|blocked|warn) \w+\/check-\d$|^emcp: /);
        }
      }),
      { numRuns: 30 },
    );
  });
});

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** As the runner of GitHub Actions reads the output of a step: line by line, a line that is no command would be plain text. */
function runnerReads(output: string): Command[] {
  return output
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const found = /^::(?<name>[^ :]+)(?: (?<properties>.*?))?::(?<message>.*)$/.exec(line);
      if (!found?.groups) throw new Error(`no command: ${line.slice(0, 100)}`);
      const { name = '', properties = '', message = '' } = found.groups;
      const pairs = properties.split(',').map((pair) => pair.split('=') as [string, ...string[]]);
      return {
        name,
        message: decode(message),
        properties: Object.fromEntries(pairs.map(([key, ...value]) => [key, decode(value.join('='))])),
      };
    });
}

const CODES: Readonly<Record<string, string>> = { '%25': '%', '%0A': '\n', '%0D': '\r', '%3A': ':', '%2C': ',' };

function decode(text: string): string {
  return text.replaceAll(/%(?:25|0A|0D|3A|2C)/g, (code) => CODES[code] ?? code);
}
