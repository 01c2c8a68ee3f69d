import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import { asIs, httpEntry } from '../support/entries.ts';
import { createJournal } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';

type Spell = (text: string) => string;

function json(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As PHP's `json_encode` does unless it is told otherwise. */
function phpJson(text: string): string {
  return json(text)
    .replaceAll('/', String.raw`\/`)
    .replaceAll(/[\u0080-\uFFFF]/g, unicodeEscape);
}

function laravelJson(text: string): string {
  return phpJson(text.replaceAll(/[<>&'"]/g, (char) => `\u{E000}${char}`)).replaceAll(
    /\\ue000(\\?[<>&'"])/g,
    (_all, char: string) =>
      unicodeEscape(char.at(-1) ?? '')
        .toUpperCase()
        .replace('U', 'u'),
  );
}

function unicodeEscape(char: string): string {
  return String.raw`\u` + char.charCodeAt(0).toString(16).padStart(4, '0');
}

function percentAll(text: string): string {
  return [...Buffer.from(text)].map(percentByte).join('');
}

function percentByte(byte: number): string {
  const char = String.fromCodePoint(byte);
  return /[A-Za-z0-9]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function html(text: string): string {
  return text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char] ?? char).replaceAll("'", '&#039;');
}

const SPELLINGS: Readonly<Record<string, Spell>> = {
  plain: (text) => text,
  'percent-encoded': (text) => encodeURIComponent(text),
  'percent-encoded to the last sign': percentAll,
  'percent-encoded in lower case': (text) => percentAll(text).replaceAll(/%../g, (code) => code.toLowerCase()),
  'percent-encoded twice': (text) => percentAll(percentAll(text)),
  'sent as a form': (text) => new URLSearchParams([['', text]]).toString().slice(1),
  'JSON-escaped': json,
  'JSON-escaped by PHP': phpJson,
  'JSON-escaped by Laravel': laravelJson,
  'JSON-escaped twice': (text) => phpJson(phpJson(text)),
  'HTML-escaped': html,
  'HTML-escaped to the last sign': (text) =>
    Array.from(text, (char) => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`).join(''),
  'HTML-escaped in decimals, without semicolons': (text) =>
    Array.from(text, (char) => `&#${String(char.codePointAt(0)).padStart(7, '0')}`).join(''),
  'JSON-escaped to the last sign': (text) => text.replaceAll(/[^]/g, unicodeEscape),
  'JSON-escaped to the last sign, in HTML': (text) => html(text.replaceAll(/[^]/g, unicodeEscape)),
  'in hexadecimal escapes': (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join(''),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
  'in hexadecimal, upper case': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in UTF-8 that is read as latin1': (text) => Buffer.from(text).toString('latin1'),
  'escaped by JavaScript': (text) => escape(text),
  'in octal escapes': (text) => [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  'divided by what has no width': (text) => text.replaceAll(/.{5}/gsu, '$&\u200B'),
  'divided by colours': (text) => text.replaceAll(/.{5}/gsu, '$&\u001B[31m'),
  'divided by control characters': (text) => text.replaceAll(/.{5}/gsu, '$&\0'),
  'divided by line ends of other kinds': (text) => text.replaceAll(/.{5}/gsu, '$&\u2028'),
  'percent-encoded, over several lines': (text) => percentAll(text).replaceAll(/.{10}/g, '$&\n'),
  'JSON-escaped to the last sign, over several lines': (text) =>
    text.replaceAll(/[^]/g, unicodeEscape).replaceAll(/.{10}/g, '$&\r\n'),
  'over several lines': (text) => text.replaceAll(/.{7}/gsu, '$&\r\n  '),
};

const BASE64: Readonly<Record<string, Spell>> = {
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 in JSON': (text) => phpJson(Buffer.from(text).toString('base64')),
  'base64 in a URL': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 of JSON': (text) => Buffer.from(phpJson(text)).toString('base64'),
  'base64 of JSON behind other signs': (text) => `/p/${Buffer.from(phpJson(text)).toString('base64')}`,
  'base64 twice': (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  'base64 in lines of 76': (text) => Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\n'),
  'base64 in entities': (text) => html(phpJson(Buffer.from(text).toString('base64')).replaceAll('=', '&equals;')),
};

const secrets = fc
  .string({ unit: fc.constantFrom(...Array.from(`abcXYZ019/+=&<>'"\\%!.-_~ é😀#?;:`)), minLength: 12, maxLength: 60 })
  .filter((secret) => Buffer.from(secret).length >= 12 && new Set(secret).size > 4);

/** Secrets that would read otherwise if somebody took them for escapes. */
const WITH_ESCAPES = [
  String.raw`aa\%1abaaaaa`,
  String.raw`\%41\%42\%43\%44`,
  String.raw`a\&quot;b\u0041cde`,
  '%26amp%3Bquot;abcdef',
  String.raw`&bsol;n&percnt;41abcdef`,
];

/** What stands beside a secret and makes no escape of its beginning. */
const around = fc.string({ maxLength: 5 }).filter((text) => !/[&\\%]/.test(text));

/** The first signs of a text, whole ones. */
function start(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('');
}

/** Every text, keys included. */
function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, Json]) => [key, ...textsOf(inner)]);
}

/** What a journal keeps of a question and an answer that hold this text in every place. */
async function kept(secret: string, echoed: string): Promise<string> {
  const redactor = createRedactor();
  redactor.learn(secret, 'given secret');
  const journal = createJournal(redactor);
  const body = `{"a":"${echoed}"}`;
  const request = { method: echoed, url: `http://h/?q=${echoed}`, headers: { [echoed]: `<${echoed}>` }, body };
  const { response } = httpEntry({ response: { headers: [[echoed, `<${echoed}>`]], body } });
  if (response === undefined) throw new Error('no response');
  await journal.recorderFor('a/b').record(asIs, { probe: 'mcp', ids: [], request }, async () => response);
  return journal
    .entries()
    .flatMap((entry) => [...textsOf(entry.request as Json), ...textsOf((entry.response ?? null) as Json)])
    .join('\n');
}

describe('what somebody calls itself', () => {
  it.each([11, 12, 30])('is cut after a secret of %i signs in it is gone', (length) => {
    const secret = 'Zq7hunter2xYwVu8tSr9-_KjHgFd3L'.slice(0, length);
    const redactor = createRedactor();
    redactor.learn(secret, 'given secret');
    const { brief } = createJournal(redactor).recorderFor('a/b');
    for (let before = 180; before <= 200; before += 1)
      expect(brief('a'.repeat(before) + secret)).not.toContain('Zq7hu');
  });
});

describe('a text of many megabytes', () => {
  it.each(['a1', 'aZ'])('of %s is no more than its beginning, and breaks nothing', (part) => {
    const redactor = createRedactor();
    redactor.learn('0123456789abcdef0123456789abcdef', 'given secret');
    expect(redactor.text(part.repeat(5_000_000)).length).toBeLessThan(2_200_000);
  });
});

describe('a value of our own shape', () => {
  it('keeps its keys, words and times, and none of a secret where others shaped it', () => {
    const redactor = createRedactor();
    redactor.learn('hunter', 'password');
    redactor.learn('481516234298765', 'CSRF token');
    const theirs = { kind: 'hunter', hunter: 481516234298765, waitMs: 481516234298765 };
    const gone = { kind: '(password)', '(password)': '(CSRF token)', waitMs: '(CSRF token)' };
    const value = { kind: 'hunter', hunter: 'a hunter', valueMs: 481516234298765 };
    for (const key of ['headers', 'values', 'settings', 'actual', 'expected']) {
      expect(redactor.shaped({ ...value, [key]: theirs })).toEqual({ ...value, hunter: 'a (password)', [key]: gone });
    }
    expect(redactor.json(theirs)).toEqual(gone);
  });
});

describe('a secret of digits', () => {
  it('is found where it is written as a number, and other numbers stay', () => {
    const redactor = createRedactor();
    redactor.learn('481516234298765', 'CSRF token');
    expect(redactor.json({ a: [481516234298765, 999999999999, 7] })).toEqual({ a: ['(CSRF token)', 999999999999, 7] });
  });
});

describe('the journal keeps no known secret', () => {
  it.each(Object.entries(SPELLINGS))('%s, whole or from its beginning', async (_name, spell) => {
    await fc.assert(
      fc.asyncProperty(secrets, fc.nat(60), async (secret, more) => {
        // What is cut within an escape, or before one, reads otherwise.
        fc.pre(![12, 12 + more].some((length) => start(secret, length).endsWith('\\')));
        const text = await kept(secret, spell(start(secret, 12 + more)));
        expect(text).not.toContain(spell(start(secret, 12)));
        expect(text).toContain('(given secret)');
      }),
    );
  });

  it.each(Object.entries(SPELLINGS))('%s, to its end', async (_name, spell) => {
    await fc.assert(
      fc.asyncProperty(secrets, async (secret) => {
        const end = 'Zq7'.repeat(5);
        expect(await kept(secret + end, spell(secret + end))).not.toContain('Zq7');
      }),
      { examples: WITH_ESCAPES.map((secret): [string] => [secret]) },
    );
  });

  it.each(Object.entries(BASE64))('in %s, whatever stands before and after it', async (_name, spell) => {
    await fc.assert(
      fc.asyncProperty(secrets, around, around, async (secret, ...beside) => {
        const text = await kept(secret, spell(beside.join(secret)));
        // Behind `{"` it has the form of a token, and may be told as one.
        expect(text).toMatch(/\((?:given secret|token)\)/);
        const inner = spell(beside.join(secret)).slice(8, 24);
        expect(text).not.toContain(inner);
      }),
    );
  });

  it('that is as long as a header may be', async () => {
    const secret = `${'aB3/+é&"'.repeat(1000)}Zq7`;
    expect(await kept(secret, laravelJson(secret))).not.toContain('Zq7');
    expect(await kept(secret, Buffer.from(secret).toString('base64'))).not.toMatch(/[a-z0-9+/]{12}/i);
  });

  it('that is one of a thousand tokens with the same beginning', async () => {
    const tokens = Array.from({ length: 1000 }, (_, index) => `the-same-beginning-${'x'.repeat(40)}-${index}-Zq7`);
    const redactor = createRedactor();
    for (const token of tokens) redactor.learn(token, 'token');
    const inBase64 = Buffer.from(`${tokens[9]}`).toString('base64');
    expect(redactor.text(`a ${tokens[700]} b ${tokens[3]}, ${inBase64}`)).toMatch(
      /^a \(token\) b \(token\), \(token\)=*$/,
    );
  });

  it('that went out as a credential, and nothing of it', async () => {
    const journal = createJournal(createRedactor());
    const token = 'opaque-token-of-mine';
    const { request, response } = httpEntry({
      response: { body: Buffer.from(`you sent ${token}`).toString('base64') },
    });
    const asked = { probe: 'mcp' as const, ids: [], request, credentials: { token: [token], session: [] } };
    await journal.recorderFor('a/b').record(asIs, asked, async () => response ?? Promise.reject(new Error()));
    expect(journal.entries()).toMatchObject([{ response: { body: expect.stringContaining('(token)') as string } }]);
  });

  it('that is short', async () => {
    expect(await kept('pa/s', String.raw`pa\/s`)).not.toContain('pa');
    expect(await kept('p&w!', 'p%26w%21')).not.toContain('p%26w');
    expect(await kept('abcd', Buffer.from('abcd').toString('base64'))).not.toContain('YWJj');
  });
});

describe('redaction by form', () => {
  const redactor = createRedactor();
  const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJhIn0', 'c2lnbmF0dXJlLWhlcmU'].join('.');

  it.each([
    ['a JWT', `refused: ${jwt} is odd`],
    ['a JWT in a URL', `?jwt=${jwt.replaceAll('.', '%2e')}`],
    ['a JWT that was cut', jwt.slice(0, 30)],
    ['a JWT in base64', Buffer.from(jwt).toString('base64')],
    ['a bearer that is no JWT', 'Authorization: Bearer 7|c2lnbmF0dXJlLWhlcmU'],
    ['a session cookie', 'evo_session=c2lnbmF0dXJlLWhlcmU; path=/'],
    ['a password in JSON', '{"password" : "c2lnbmF0\\"dXJlLWhlcmU"}'],
    ['a token in JSON', '{"token":"c2lnbmF0dXJlLWhlcmU"}'],
    ['a secret in JSON in JSON', String.raw`{"a":"{\"secret\":\"c2lnbmF0dXJlLWhlcmU\"}"}`],
    ['a password in a form', 'user=a&password=c2lnbmF0dXJlLWhlcmU'],
  ])('takes out %s', (_name, leaky) => {
    expect(redactor.text(leaky)).not.toMatch(/c2lnbmF0|dXJlLWhlcmU|eyJ|ZXlK/);
  });

  it.each(['password', 'Token', 'SECRET', 'authorization', 'Set-Cookie'])('takes out what stands under %s', (name) => {
    expect(redactor.json({ [name]: 'hush (really)' })).toEqual({ [name]: '(secret)' });
  });

  it('leaves ordinary texts and the shape of a value as they are', () => {
    const value = { tokens: 3, list: ['one', null, true], __proto__x: { text: 'a bearer of news, base64 or not' } };
    expect(redactor.json(value)).toEqual(value);
  });
});

describe('redaction takes time by the size of a text alone', () => {
  const redactor = createRedactor();
  redactor.learn('0123456789abcdef0123456789abcdef', 'given secret');

  it.each([
    'word ',
    'a',
    'session',
    'Bearer ',
    ' ',
    '\n',
    '\\',
    '&#6',
    '&amp;',
    '%25',
    String.raw`\u0041`,
    'eyJ',
    'ZXlK',
    '"token":"',
    '"token" ',
    'password=',
    '0123456789ab',
  ])('a million signs of %j', (part) => {
    const redact = (size: number): number => {
      const text = part.repeat(Math.ceil(size / part.length));
      const began = performance.now();
      redactor.text(text);
      return performance.now() - began;
    };
    redact(100_000);
    // Eight times the text in less than sixty times the time: what is quadratic takes more.
    expect(redact(1_000_000)).toBeLessThan(60 * Math.max(redact(125_000), 20));
  });
});
