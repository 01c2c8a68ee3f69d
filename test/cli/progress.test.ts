import { describe, expect, it } from 'vitest';
import { startProgress } from '../../src/cli/progress.ts';
import { fakeCheck } from '../support/fakes.ts';
import { testIo } from '../support/test-io.ts';

const terminal = testIo({ errIsTerminal: true });
const event = { kind: 'check-started', check: fakeCheck('a/b') } as const;

describe('a spinner', () => {
  it('that does not start is done without', async () => {
    const broken = async () => Promise.reject(new Error('no terminal'));
    const progress = await startProgress(terminal, { label: 'x', quiet: false, startSpinner: broken });
    expect(() => progress.onEvent(event)).not.toThrow();
    expect(() => progress.end()).not.toThrow();
  });

  it('that breaks is let go', async () => {
    let uses = 0;
    const fail = (): never => {
      uses += 1;
      throw new Error('EIO');
    };
    const spinner = {
      stop: fail,
      get text() {
        return '';
      },
      set text(_text: string) {
        fail();
      },
    };
    const progress = await startProgress(terminal, { label: 'x', quiet: false, startSpinner: async () => spinner });
    for (let count = 0; count < 3; count += 1) expect(() => progress.onEvent(event)).not.toThrow();
    expect(() => progress.end()).not.toThrow();
    expect(uses).toBe(1);
  });

  it('counts', async () => {
    const texts: string[] = [];
    const spinner = {
      stop: () => undefined,
      get text() {
        return '';
      },
      set text(text: string) {
        texts.push(text);
      },
    };
    const progress = await startProgress(terminal, { label: 'x', quiet: false, startSpinner: async () => spinner });
    progress.onEvent({ kind: 'started', planned: 2 });
    progress.onEvent(event);
    expect(texts).toEqual(['1/2 a/b']);
  });
});
