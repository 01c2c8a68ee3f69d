import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answering, ask, clientWith, listening, peer } from './peer.ts';

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate of its own for this name, or nothing where there is no OpenSSL. */
function certificateFor(name: string, ...more: readonly string[]): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'emcp-tls-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const named = ['-subj', '/CN=emcp', '-addext', `subjectAltName=${name}`, '-keyout', key, '-out', cert];
  try {
    execFileSync('openssl', [...made, ...named, ...more], { stdio: 'ignore' });
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const own = certificateFor('IP:127.0.0.1', '-days', '2');
const elsewhere = certificateFor('DNS:elsewhere.test', '-days', '2');

async function serving({ cert, key }: Certificate): Promise<URL> {
  const server = createServer({ cert, key }, (_request, response) => response.end('{}'));
  return listening(server, 'https');
}

describe.skipIf(own === undefined || elsewhere === undefined)('TLS (needs openssl)', () => {
  const [mine, theirs] = [own ?? { cert: '', key: '' }, elsewhere ?? { cert: '', key: '' }];

  it('is refused for a certificate nobody vouches for, unless told not to verify', async () => {
    const url = await serving(mine);
    expect(await ask(clientWith(), url)).toMatchObject({ name: 'Unreachable', kind: 'tls' });
    expect(await ask(clientWith({ insecure: true }), url)).toBe(200);
  });

  it('trusts a given authority, for the name it vouches for', async () => {
    expect(await ask(clientWith({ ca: mine.cert }), await serving(mine))).toBe(200);
    expect(await ask(clientWith({ ca: theirs.cert }), await serving(theirs))).toMatchObject({ kind: 'tls' });
  });
});

describe('a TLS handshake', () => {
  it('with a peer that speaks plain HTTP fails as TLS', async () => {
    const { url } = await answering('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
    expect(await ask(clientWith(), new URL(url.href.replace('http:', 'https:')))).toMatchObject({ kind: 'tls' });
  });

  it('that stalls ends at the limit for connecting', async () => {
    const { url } = await peer(() => undefined);
    const client = clientWith({ limits: { connectMs: 200, totalMs: 10_000 } });
    expect(await ask(client, new URL(url.href.replace('http:', 'https:')))).toMatchObject({ kind: 'timeout-connect' });
  });
});
