import type { KeptExchange } from './exchange.ts';

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** These are of one connection, or curl writes them itself. */
const LEFT_OUT = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'user-agent']);

/** A command that asks the target the same again. Credentials are environment variables, never values. */
export interface Curl {
  readonly line: string;
  /** The same in several lines, for where there is room. */
  readonly block: string;
  /** What to know before running it, such as which token the variable should hold. */
  readonly notes: readonly string[];
}

/** The line for a POSIX shell. `insecure` repeats that certificates were not verified. */
export function curlFor(exchange: KeptExchange, insecure = false): Curl | undefined {
  if (!TOKEN.test(exchange.method) || !/^https?:\/\//.test(exchange.url)) return undefined;
  const body = bodyOf(exchange);
  const flags = [
    ...(insecure ? ['--insecure'] : []),
    ...(/[[\]{}]/.test(exchange.url) ? ['--globoff'] : []),
    exchange.method === 'HEAD' ? '--head' : `-X ${quote(exchange.method)}`,
  ];
  const words = [
    `curl -sS -i ${flags.join(' ')} ${quote(exchange.url)}`,
    ...headersOf(exchange, body !== undefined),
    ...(body === undefined ? [] : [body.option]),
  ];
  const before = body?.before ?? '';
  return { line: `${before}${words.join(' ')}`, block: `${before}${words.join(' \\\n  ')}`, notes: notesOf(exchange) };
}

function headersOf(exchange: KeptExchange, hasBody: boolean): readonly string[] {
  const named = exchange.headers.filter(([name]) => TOKEN.test(name) && !LEFT_OUT.has(name.toLowerCase()));
  // Without these curl would send an Accept and a Content-Type of its own.
  const silent = ['Accept', ...(hasBody ? ['Content-Type'] : [])].filter(
    (name) => !named.some(([given]) => given.toLowerCase() === name.toLowerCase()),
  );
  return [
    ...(exchange.bearer === undefined ? [] : ['-H "Authorization: Bearer $EMCP_API_TOKEN"']),
    ...(exchange.session === undefined ? [] : ['-H "Cookie: $EMCP_MANAGER_COOKIE"']),
    ...named.map(([name, value]) => `-H ${quote(value.trim() === '' ? `${name};` : `${name}: ${headerValue(value)}`)}`),
    ...silent.map((name) => `-H ${quote(`${name}:`)}`),
  ];
}

function headerValue(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ');
}

interface Body {
  readonly option: string;
  /** What has to be piped into curl: bytes no argument can carry. */
  readonly before: string;
}

function bodyOf({ body, bodyIsWhole }: KeptExchange): Body | undefined {
  if (body === undefined) return undefined;
  if (!bodyIsWhole) return { option: '--data-binary @body', before: '' };
  if (!/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(body)) return { option: `--data-raw ${quote(body)}`, before: '' };
  return { option: '--data-binary @-', before: `printf ${quote(octal(body))} | ` };
}

/** For printf: every byte that is not plain ASCII by its number. */
function octal(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (char === '%') return '%%';
      const plain = byte >= 0x20 && byte < 0x7f && char !== '\\';
      return plain ? char : `\\${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');
}

function notesOf(exchange: KeptExchange): readonly string[] {
  return [
    ...(exchange.bearer === undefined ? [] : [`EMCP_API_TOKEN: ${exchange.bearer}`]),
    ...(exchange.session === undefined ? [] : [`EMCP_MANAGER_COOKIE: ${exchange.session}`]),
    ...(exchange.bodyIsWhole ? [] : ['the file `body` has to hold the body, of which only the beginning is kept']),
  ];
}

function quote(word: string): string {
  return /^[A-Za-z0-9_./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
