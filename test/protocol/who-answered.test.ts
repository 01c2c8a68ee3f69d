import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answeredBy, describeAnswerer, type AnsweredBy } from '../../src/model/answered-by.ts';
import { whoAnswered } from '../../src/protocol/who-answered.ts';
import { answererOf } from '../support/answers.ts';
import { bytesOf, exchangeRow, recordedFolder } from '../fidelity/recorded.ts';
import { ANSWERS } from './answers-of-the-field.ts';

const folder = recordedFolder() ?? '';

describe.skipIf(folder !== '')('without recordings', () => {
  it.skip('skipped: EMCP_RECORDED names no folder of recorded exchanges', () => undefined);
});

describe.skipIf(folder === '')('every answer of a real runtime', () => {
  it('is taken for what the contract says it is', () => {
    const answers = recordedAnswers();
    expect(answers.length).toBeGreaterThan(500);
    const misread = answers.filter(({ expected, actual }) => expected !== actual);
    expect(misread).toEqual([]);
  });
});

describe.each(Object.entries(ANSWERS))('%s', (_kind, rows) => {
  it.each(rows)('gave %s', (_name, answer, by) => {
    expect(inShort(answererOf(answer))).toBe(by);
  });
});

describe('whatever answers', () => {
  it('is classified, in one sentence that is no longer than a line or two', () => {
    const headerValue = fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom('text/html', 'application/json'));
    const name = fc.constantFrom('Location', 'Content-Type', 'Content-Encoding', 'WWW-Authenticate', 'Server', 'Via');
    const answer = fc.record({
      status: fc.integer({ min: 100, max: 599 }),
      headers: fc.array(fc.tuple(name, headerValue), { maxLength: 4 }),
      body: fc.oneof(fc.string(), fc.json()),
    });
    fc.assert(
      fc.property(answer, (raw) => {
        const by = answererOf(raw);
        expect(answeredBy.safeParse(by).success).toBe(true);
        expect(describeAnswerer(by).length).toBeLessThanOrEqual(420);
      }),
    );
  });

  it.each([
    ['a name', { status: 200, type: 'application/json', body: serverNamed('n'.repeat(5000)) }],
    ['a media type', { status: 200, type: `x/${'y'.repeat(5000)}`, body: 'z' }],
    ['a scheme', { status: 401, type: 'text/html', more: ['WWW-Authenticate', 'A'.repeat(5000)], body: 'z' }],
    ['an encoding', { status: 200, type: 'text/html', more: ['Content-Encoding', 'g'.repeat(5000)], body: 'z' }],
    ['an address', { status: 302, type: 'text/html', more: ['Location', `/${'l'.repeat(5000)}`], body: 'z' }],
    ['a server', { status: 404, type: 'a/b', more: ['Server', `Kong${'k'.repeat(5000)}`], body: 'z' }],
  ] as const)('%s of its own is cut before it gets into a reason', (_name, { status, type, body, ...rest }) => {
    const more = 'more' in rest ? [rest.more] : [];
    const by = answererOf({ status, headers: [['Content-Type', type], ...more], body });
    expect(describeAnswerer(by).length).toBeLessThanOrEqual(420);
  });

  it('is recognised in time, however large and odd it is', () => {
    const size = 5 * 1024 * 1024;
    const seeds = ['a', '<', '<input ', '<title>', ' ', '\n', 'Fatal error: ', '503 Service Temporarily Unavailable'];
    for (const seed of [
      ...seeds,
      '<h1>503 A</h1>',
      '"class":"',
      '<TITLE>Access Denied</TITLE>',
      '<iframe ',
      'Uncaught A',
    ]) {
      const text = seed.repeat(Math.ceil(size / seed.length));
      const headers = [['Content-Type', 'text/html']] as const;
      const parsed = { kind: 'not-json', why: 'not declared as JSON' } as const;
      const asked = { traceId: undefined, id: undefined };
      const answer = { asked, method: 'POST', url: 'http://a.test/', status: 503, headers, text, parsed };
      // The best of a few, as the machine has other things to do.
      const times = [1, 2, 3].map(() => {
        const began = performance.now();
        whoAnswered(answer);
        return performance.now() - began;
      });
      expect({ seed, slow: Math.min(...times) > 50 }).toEqual({ seed, slow: false });
    }
  });
});

/** The kind, and what it says besides the status. */
function inShort({ status: _status, ...by }: AnsweredBy): string {
  return Object.values(by).join(' ');
}

function serverNamed(name: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, result: { serverInfo: { name } } });
}

const chunks = z.object({ response: z.object({ chunks: z.array(z.object({ data: z.string() })) }) });

function recordedAnswers() {
  const files = readdirSync(folder).filter((file) => /^\d\d.*\.json$/.test(file));
  const rows = files.flatMap((file) =>
    z.array(z.unknown()).parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  );
  return rows.flatMap((row) => {
    const exchange = exchangeRow.safeParse(row).data;
    if (exchange === undefined) return [];
    const { name, request, response } = exchange;
    const streamed = chunks
      .safeParse(row)
      .data?.response.chunks.map(({ data }) => data)
      .join('');
    const body = streamed ?? bytesOf(response);
    const url = new URL(request.path, 'http://cms.example.org').href;
    const sent = { headers: lowerCased(request.headers), body: bytesOf(request) };
    const by = answererOf({ ...response, method: request.method, url, sent, body });
    return [
      {
        name,
        expected: fromContract(response.headers, { body: body.toString(), status: response.status }),
        actual: inShort(by),
      },
    ];
  });
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Contract §2.3 to §2.6: eMCP names a trace, sApi does not, and the CMS speaks HTML, or refuses a form in its own way. */
function fromContract(
  headers: readonly (readonly [string, string])[],
  { status, body }: { readonly status: number; readonly body: string },
): string {
  const valueOf = (name: string): string => headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
  if (valueOf('content-type').startsWith('text/html')) {
    if (status === 404) return 'cms not-found';
    if (status === 500) return 'cms error';
    return body.includes('loginfrm') ? 'cms login' : 'cms home';
  }
  if (status === 403 && (valueOf('content-type').startsWith('text/plain') || body.includes('csrf_token_mismatch'))) {
    return 'cms csrf';
  }
  return body.startsWith('{"success":') ? 'sapi' : 'emcp';
}
