import { describe, expect, it } from 'vitest';
import { Unreachable } from '../../src/model/errors.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { createJournal, type Recorder } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';

function ask(recorder: Recorder, question: JsonObject, outcome: JsonObject = {}): Promise<{ evidence: number }> {
  return recorder.ask({ probe: 'mcp', question }, async () => ({ value: undefined, outcome }));
}

describe('the journal', () => {
  it('counts the questions of each check from 1, in the order of asking', async () => {
    const journal = createJournal(createRedactor());
    const [one, other] = [journal.recorderFor('a/one'), journal.recorderFor('a/other')];
    let answer: (() => void) | undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slow = one.ask({ probe: 'mcp', question: { n: 1 } }, async () => {
      await waiting;
      return { value: undefined, outcome: {} };
    });
    const { evidence: second } = await ask(one, { n: 2 });
    const { evidence: elsewhere } = await ask(other, { n: 1 });
    answer?.();
    expect([(await slow).evidence, second, elsewhere]).toEqual([1, 2, 1]);
    const kept = journal.entries().map(({ check, sequence, question }) => [check, sequence, question['n']]);
    expect(kept).toHaveLength(3);
    expect(kept).toEqual(
      expect.arrayContaining([
        ['a/one', 1, 1],
        ['a/one', 2, 2],
        ['a/other', 1, 1],
      ]),
    );
  });

  it('stamps each question with its beginning and its duration', async () => {
    let now = 1000;
    const journal = createJournal(createRedactor(), () => now);
    now += 50;
    await journal.recorderFor('a/b').ask({ probe: 'mcp', question: {} }, async () => {
      now += 7;
      return { value: undefined, outcome: {} };
    });
    expect(journal.entries()).toMatchObject([{ at: 50, ms: 7, probe: 'mcp' }]);
  });

  it('keeps what failed by its kind, never by its words, and hands the failure on', async () => {
    const journal = createJournal(createRedactor());
    const recorder = journal.recorderFor('a/b');
    const failures = [new Unreachable('refused', 'words'), new TypeError('words'), 'words'];
    for (const failure of failures) {
      const asking = recorder.ask({ probe: 'mcp', question: {} }, async () => Promise.reject(failure));
      await expect(asking).rejects.toBe(failure);
    }
    expect(journal.entries().map(({ outcome }) => outcome)).toEqual([
      { failed: 'refused' },
      { failed: 'TypeError' },
      { failed: 'stopped' },
    ]);
  });

  it('cuts long texts, says so, and cuts no sign in two', async () => {
    const journal = createJournal(createRedactor());
    await ask(journal.recorderFor('a/b'), { long: `a${'😀'.repeat(10_000)}`, odd: 'x\uD800' }, { body: ['ok'] });
    const [entry] = journal.entries();
    const { long = '', odd = '' } = (entry?.question ?? {}) as { long?: string; odd?: string };
    expect(long.length).toBeLessThan(17_000);
    expect(long).toMatch(/\(3617 more characters\)$/);
    // `toString` of bytes that are no Unicode differs from what went in.
    expect([long, odd].map((text) => Buffer.from(text).toString())).toEqual([long, odd]);
    expect(entry?.outcome).toEqual({ body: ['ok'] });
  });

  it('redacts before it cuts, so that no part of a short secret is left', async () => {
    const redactor = createRedactor();
    redactor.learn('hush4!', 'password');
    const journal = createJournal(redactor);
    await ask(journal.recorderFor('a/b'), { text: `${'-'.repeat(16_380)}hush4!` });
    expect(JSON.stringify(journal.entries())).not.toContain('hus');
  });

  it('keeps keys of a prototype as ordinary keys', async () => {
    const journal = createJournal(createRedactor());
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}') as JsonObject;
    await ask(journal.recorderFor('a/b'), hostile);
    const [entry] = journal.entries();
    expect(Object.keys(entry?.question ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
