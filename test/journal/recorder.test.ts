import { describe, expect, it } from 'vitest';
import { createJournal, type Recorder } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';
import { Blocked, Unreachable } from '../../src/model/errors.ts';
import {
  storedEntry,
  textOf,
  type RequestOf,
  type ResponseOf,
  type StoredEntry,
} from '../../src/model/journal-entry.ts';
import { fullJournal } from '../../src/model/stored-journal.ts';
import { asIs, httpEntry } from '../support/entries.ts';

interface Sent {
  readonly request?: Partial<RequestOf<'http'>>;
  readonly response?: Partial<ResponseOf<'http'>>;
  readonly ids?: readonly string[];
}

const askedFor = ({ request, ids = [] }: Sent) => ({
  probe: 'mcp' as const,
  ids,
  request: httpEntry({ request: request ?? {} }).request,
});

async function send(recorder: Recorder, sent: Sent = {}): Promise<number> {
  const { response } = httpEntry({ response: sent.response ?? {} });
  const perform = async () => response ?? Promise.reject(new Error('no response'));
  return (await recorder.record(asIs, askedFor(sent), perform)).evidence;
}

function onlyExchange(entries: readonly StoredEntry[]) {
  const [entry] = fullJournal(entries);
  if (entry?.kind !== 'http') throw new Error('no exchange');
  return entry;
}

describe('the journal', () => {
  it('counts the requests of each check from 1 in their order, and says where they ended in another one', async () => {
    const journal = createJournal(createRedactor());
    const [one, other] = [journal.recorderFor('a/one'), journal.recorderFor('a/other')];
    let resolve = (_response: ResponseOf<'http'>): void => undefined;
    const promise = new Promise<ResponseOf<'http'>>((resolved) => {
      resolve = resolved;
    });
    const slow = one.record(asIs, askedFor({}), () => promise);
    expect([await send(one), await send(other)]).toEqual([2, 1]);
    resolve({ status: 200, headers: [], body: '', bytes: 0, firstByteMs: 0, totalMs: 0 });
    expect((await slow).evidence).toBe(1);
    expect(journal.entries().map(({ check, sequence, completed }) => [check, sequence, completed])).toEqual([
      ['a/one', 2, 1],
      ['a/other', 1, undefined],
      ['a/one', 1, 2],
    ]);
  });

  it('stamps each request with its beginning and its duration', async () => {
    let now = 1000;
    const journal = createJournal(createRedactor(), () => now);
    now += 50;
    const recorded = await journal.recorderFor('a/b').record(asIs, askedFor({}), async () => {
      now += 7;
      return { status: 200, headers: [], body: '', bytes: 0, firstByteMs: 0, totalMs: 0 };
    });
    expect(recorded.atMs).toBe(50);
    expect(journal.entries()).toMatchObject([{ at: 50, ms: 7, kind: 'http', probe: 'mcp' }]);
  });

  it('keeps a failure in place of a response, without secrets, and hands it on', async () => {
    const redactor = createRedactor();
    redactor.learn('hunter2hunter2', 'password');
    const journal = createJournal(redactor);
    const recorder = journal.recorderFor('a/b');
    const failures = [
      new Unreachable('refused', 'nobody there'),
      new Blocked('hunter2hunter2 is refused', 'emcp doctor'),
      new TypeError('words'),
      'over',
    ];
    for (const failure of failures) {
      const asking = recorder.record(asIs, askedFor({}), async () => Promise.reject(failure));
      await expect(asking).rejects.toBe(failure);
    }
    expect(journal.entries().map(({ failure }) => failure)).toEqual([
      { name: 'unreachable', kind: 'refused', message: 'nobody there' },
      { name: 'blocked', message: '(password) is refused', next: 'emcp doctor' },
      { name: 'error', kind: 'TypeError', message: 'words', stack: expect.any(String) as string },
      { name: 'stopped', message: 'over' },
    ]);
  });

  it('cuts long texts, counts what is gone, and cuts no sign in two', async () => {
    const journal = createJournal(createRedactor());
    await send(journal.recorderFor('a/b'), { response: { body: `a${'😀'.repeat(10_000)}`, notJson: 'x\uD800' } });
    const { response, altered } = onlyExchange(journal.entries());
    expect(altered).toBe(true);
    expect(response?.body).toMatchObject({ cut: { kept: 16_384, of: 20_001 } });
    const text = JSON.stringify(response);
    expect(Buffer.from(text).toString()).toBe(text);
    expect(response?.notJson).toBe('x\uFFFD');
  });

  it('keeps JSON whole where text would be cut, and does not cut what was sent any later', async () => {
    const journal = createJournal(createRedactor());
    const long = JSON.stringify(Array.from({ length: 10_000 }, (_none, index) => index));
    await send(journal.recorderFor('a/b'), { request: { body: long }, response: { body: long } });
    const { request, response, altered } = onlyExchange(journal.entries());
    expect(altered).toBe(true);
    expect(response?.body).toBe(long);
    expect(request.body).toMatchObject({ cut: { of: long.length } });
  });

  it.each(['emcp', 'status', 'http', 'event'])(
    'keeps its own words, though a secret is one of them: %s',
    async (secret) => {
      const redactor = createRedactor();
      redactor.learn(secret, 'password');
      const journal = createJournal(redactor);
      const body = JSON.stringify({ said: secret });
      await send(journal.recorderFor('a/b'), { response: { body, answeredBy: { kind: 'emcp', status: 200 } } });
      expect(storedEntry.safeParse(journal.entries()[0]).error).toBeUndefined();
      expect(onlyExchange(journal.entries()).response?.body).toBe('{"said":"(password)"}');
    },
  );

  it('redacts before it cuts, so that no part of a short secret is left', async () => {
    const redactor = createRedactor();
    redactor.learn('hush4!', 'password');
    const journal = createJournal(redactor);
    await send(journal.recorderFor('a/b'), { response: { body: `${'-'.repeat(16_380)}hush4!` } });
    expect(JSON.stringify(journal.entries())).not.toContain('hus');
  });

  it.each([
    ['a number', '481516234298765', '{"id":481516234298765,"ok":true}'],
    ['behind a quote', 'unknown', String.raw`{"text":"set password=abcdef\" here","ok":true}`],
  ])('leaves JSON that is read again: %s', async (_name, secret, body) => {
    const redactor = createRedactor();
    redactor.learn(secret, 'password');
    const journal = createJournal(redactor);
    await send(journal.recorderFor('a/b'), { response: { body } });
    const { response, altered } = onlyExchange(journal.entries());
    const { body: kept = '' } = response ?? {};
    expect(JSON.parse(textOf(kept))).toMatchObject({ ok: true });
    expect(JSON.stringify(response)).not.toMatch(/481516234|abcdef/);
    expect(altered).toBe(true);
  });

  it('keeps keys of a prototype as ordinary keys', async () => {
    const journal = createJournal(createRedactor());
    const headers = JSON.parse('{"__proto__":"polluted","constructor":"two"}') as Record<string, string>;
    await send(journal.recorderFor('a/b'), { request: { headers } });
    expect(Object.keys(onlyExchange(journal.entries()).request.headers)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('keeps no more of a check than is sensible, and counts the rest', async () => {
    const journal = createJournal(createRedactor());
    const recorder = journal.recorderFor('a/b');
    for (let index = 0; index < 12; index += 1) {
      await send(recorder, {
        response: { body: JSON.stringify(`${index}`.padEnd(1_000_000, 'x')).replace(/^"(.*)"$/, '["$1"]') },
      });
    }
    expect(JSON.stringify(journal.entries()).length).toBeLessThan(5_000_000);
    expect(journal.entries().at(-1)).toMatchObject({ altered: true, response: { body: { cut: { kept: 0 } } } });
  });
});
