import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestOf } from '../../src/model/journal-entry.ts';
import { httpEntry } from '../support/entries.ts';
import { curlFor } from '../../src/reporters/curl.ts';
import { keptExchange } from '../../src/reporters/exchange.ts';

describe('the curl line', () => {
  it('names the credential as an environment variable and says which one was used', () => {
    const curl = curlOf({ method: 'POST', url: 'https://a.test/x', bearer: 'expired token', session: 'manager' });
    expect(curl?.line).toContain('"Authorization: Bearer $EMCP_API_TOKEN"');
    expect(curl?.line).toContain('"Cookie: $EMCP_MANAGER_COOKIE"');
    expect(curl?.notes).toEqual(['EMCP_API_TOKEN: expired token', 'EMCP_MANAGER_COOKIE: manager']);
  });

  it('reaches curl with exactly the words that were asked, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.webUrl(), (text, url) => {
        const words = argumentsOf(
          curlOf({ method: 'POST', url, headers: { 'x-note': `a${text}z` }, body: text })?.line,
        );
        expect(words).toContain(url);
        expect(words).toContain(`x-note: a${text}z`);
        expect(words[words.indexOf('--data-raw') + 1]).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('pipes a body that holds bytes no argument can carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        fc.pre(!/[\p{Cs}\uFFFD]/u.test(text));
        const line = curlOf({ method: 'POST', url: 'http://a.test/', body: `${text}\0\n%s\\` })?.line ?? '';
        expect(shell(line.replace(/ \| curl .*$/s, ''))).toEqual(Buffer.from(`${text}\0\n%s\\`));
      }),
      { numRuns: 30 },
    );
  });

  it('adds no header of its own', () => {
    const words = argumentsOf(curlOf({ method: 'POST', url: 'http://a.test/', body: 'x' })?.line);
    expect(words).toEqual(expect.arrayContaining(['Accept:', 'Content-Type:']));
  });

  it('says so where the body was not kept whole', () => {
    const curl = curlOf({ method: 'POST', url: 'http://a.test/', body: { text: 'aaa', cut: { kept: 3, of: 9 } } });
    expect(curl?.line).toContain('--data-binary @body');
    expect(curl?.notes).toHaveLength(1);
  });

  it('sends nothing that is no HTTP request, nor a method or header with a space in it', () => {
    expect(curlOf({ method: 'GET', url: 'file:///etc/passwd' })).toBeUndefined();
    expect(curlOf({ method: 'GET -o x', url: 'http://a.test/' })).toBeUndefined();
    expect(curlOf({ method: 'GET', url: 'http://a.test/', headers: { '@/etc/passwd': 'x' } })?.line).not.toContain('@');
  });

  it('repeats that certificates were not verified', () => {
    const exchange = keptExchange(httpEntry({ request: { method: 'GET', url: 'https://a.test/' } }));
    expect(exchange && curlFor(exchange, true)?.line).toContain('--insecure');
  });
});

function curlOf(request: Partial<RequestOf<'http'>>) {
  const exchange = keptExchange(httpEntry({ request }));
  return exchange && curlFor(exchange);
}

/** What a shell hands to curl. */
function argumentsOf(line = ''): string[] {
  return shell(`curl() { printf '%s\\0' "$@"; }; ${line}`).toString('utf8').split('\0');
}

function shell(script: string): Buffer {
  return execFileSync('/bin/sh', ['-c', script]);
}
