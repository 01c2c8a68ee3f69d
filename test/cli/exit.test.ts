import { describe, expect, it } from 'vitest';
import { exitOf, nextCommand } from '../../src/cli/exit.ts';

describe('the exit code', () => {
  it.each([
    ['ok', null, 0],
    ['failed', null, 1],
    ['blocked', null, 3],
    ['bug', null, 70],
    ['interrupted', 'SIGINT', 130],
    ['interrupted', 'SIGTERM', 143],
  ] as const)('of %s (%s) is %d', (outcome, signal, code) => {
    expect(exitOf(outcome, signal)).toBe(code);
  });
});

describe('the last line', () => {
  it('says what to type next after every end but a good one', () => {
    expect(nextCommand('ok', undefined)).toBeUndefined();
    for (const outcome of ['failed', 'blocked', 'bug', 'interrupted'] as const) {
      expect(nextCommand(outcome, undefined)).toMatch(/^next: /);
    }
  });

  it('names the first check that failed', () => {
    expect(nextCommand('failed', 'rate/threshold')).toContain('emcp explain rate/threshold');
  });
});
