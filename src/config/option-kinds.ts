import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readDatabaseUrl } from '../model/database-url.ts';
import { UsageError, type Where } from '../model/errors.ts';
import { SSH_DESTINATION } from '../model/installation.ts';
import { readCredential } from './credential.ts';
import { oneLine, readSecretFile } from './secret-file.ts';
import { check, type TextRule } from './text-rules.ts';

/** Where a value stands, and what may be needed to read it. */
export interface ValueSource {
  readonly kind: 'flag' | 'variable' | 'file';
  /** As an operator writes it: `--url`, `EMCP_BASE_URL`, `url`. */
  readonly name: string;
  readonly where: Where;
  /** Where relative paths start. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Promise<string>;
}

/** How `emcp.yaml` writes a value. */
export type Written = 'text' | 'text or nothing' | 'words' | 'true or false' | 'seconds' | 'credential';

/** How the value of an option is written, checked and read. */
export interface OptionKind<Value> {
  readonly written: Written;
  /** The same wherever it is written. */
  readonly rules: readonly TextRule[];
  /** What of the value must never be shown, nor be given on the command line. */
  readonly hides?: 'all' | 'password';
  readonly parse: (raw: unknown, source: ValueSource) => Value | Promise<Value>;
}

/** A folder as it was written, for another host, and as this machine finds it. */
export interface Folder {
  readonly written: string;
  readonly absolute: string;
}

const NOT_EMPTY: TextRule = {
  code: 'empty-text',
  holds: /\S/,
  valid: 'a text that is not empty',
  example: 'TEXT',
};
const IS_HTTP: TextRule = {
  code: 'bad-url',
  holds: (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
  valid: 'an http or https URL such as https://example.org',
  example: 'https://example.org',
  mayHoldSecret: true,
};
const NO_CREDENTIALS: TextRule = {
  ...IS_HTTP,
  code: 'url-with-credentials',
  holds: /^(?![^/]*\/\/[^/]*@)/,
  valid: 'a URL without credentials in it: name them by file or environment',
};
const NO_QUERY: TextRule = { ...IS_HTTP, holds: /^[^?#]+$/, valid: 'a base URL, with neither query nor fragment' };
const NO_URL: TextRule = {
  code: 'path-is-url',
  holds: /^(?!https?:)/i,
  valid: 'a path, not a URL',
  example: '/emcp/{server}',
};
const NO_SHELL: TextRule = {
  code: 'shell-words',
  holds: /^[^"'`$;&|<>\\]*$/,
  valid: 'a command and its words, not a line for a shell',
  example: '"php artisan"',
};
const SOME_WORD: TextRule = { ...NO_SHELL, code: 'empty-command', holds: /\S/, valid: 'a command and its words' };
const NAME_PART: TextRule = {
  code: 'bad-prefix',
  holds: /^\w{0,40}$/,
  valid: 'letters, digits and _ only, at most 40',
  example: 'evo_',
};
const SSH_HOST: TextRule = {
  code: 'ssh-destination',
  holds: SSH_DESTINATION,
  valid: 'a host as ssh is told it: without spaces, and with no - at its beginning',
  example: 'deploy@example.org',
};

/** Seconds somebody may want to wait for one response; a timer of Node takes no number one likes. */
export const LONGEST_RESPONSE_S = 600;

export const SECONDS: TextRule = {
  code: 'bad-timeout',
  holds: (value) => Number(value) > 0 && Number(value) <= LONGEST_RESPONSE_S,
  valid: `a number of seconds above 0, at most ${LONGEST_RESPONSE_S}`,
  example: '10',
};

/** Any text. */
export const text: OptionKind<string> = textKind([NOT_EMPTY], (value) => value);

/** Where an installation is reached; without a slash at its end. */
export const baseUrl: OptionKind<string> = textKind([IS_HTTP, NO_CREDENTIALS, NO_QUERY], plainUrl);

/** One way to write a base URL, so that two can be compared. */
export function plainUrl(url: string): string {
  return new URL(url).href.replace(/\/+$/, '');
}

/** Below the base URL; with a slash at its beginning. */
export const path: OptionKind<string> = textKind([NOT_EMPTY, NO_URL], (value) =>
  value.startsWith('/') ? value : `/${value}`,
);

/** Words, never a line for a shell: what only a shell would understand is refused rather than passed on as a word. */
export const command: OptionKind<readonly string[]> = textKind([NO_SHELL, SOME_WORD], (value) =>
  value.trim().split(/\s+/),
);

/** A host as the ssh client is told it. */
export const sshDestination: OptionKind<string> = textKind([SSH_HOST], (value) => value);

/** What table names begin with; may be empty. */
export const tablePrefix: OptionKind<string> = {
  written: 'text or nothing',
  rules: [NAME_PART],
  parse: (raw, source) => check(textOf(raw), [NAME_PART], source),
};

/** A folder, on this machine or on another one. */
export const folder: OptionKind<Folder> = textKind([NOT_EMPTY], (written, source) => ({
  written,
  absolute: resolve(source.folder, written),
}));

/** Certificates, out of the file that is named. */
export const certificates: OptionKind<string> = textKind([NOT_EMPTY], async (file, source) => {
  const pem = await readFile(resolve(source.folder, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError('unreadable-file', `cannot read ${file} (${cause.code ?? 'unreadable'})`, {
      where: source.where,
      hint: 'check the path and its permissions',
    });
  });
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return pem;
  const what = blocks.length === 0 ? 'holds no certificate in PEM form' : 'holds a certificate that cannot be read';
  throw new UsageError('no-certificate', `${file} ${what}`, {
    where: source.where,
    hint: 'openssl x509 -in FILE -noout -subject, on the file of the certificate authority',
  });
});

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

/** Several words, the main one first. */
export const words: OptionKind<readonly string[]> = {
  written: 'words',
  rules: [NOT_EMPTY],
  parse: (raw, source) => (Array.isArray(raw) ? raw : [raw]).map((word) => check(textOf(word), [NOT_EMPTY], source)),
};

/** Said, or not. */
export const toggle: OptionKind<boolean> = {
  written: 'true or false',
  rules: [],
  parse: (raw) => raw === true || raw === '1',
};

/** Seconds, more than none and no more than anybody waits. */
export const timeLimit: OptionKind<number> = {
  written: 'seconds',
  rules: [SECONDS],
  parse: (raw, source) => Number(check(textOf(raw), [SECONDS], source)),
};

/** A secret: by file, by the environment, or by what `emcp.yaml` names. */
export const secret: OptionKind<string> = {
  written: 'credential',
  rules: [],
  hides: 'all',
  parse: async (raw, source) => {
    if (source.kind === 'flag') return readSecretFile(textOf(raw), source);
    return source.kind === 'file'
      ? readCredential(textOf(raw), source)
      : oneLine(textOf(raw), source.name, source.where);
  },
};

/** `sqlite:FILE`, `mysql://…` or `postgres://…`; with a password only where nobody else can see it. */
export const databaseUrl: OptionKind<string> = {
  written: 'credential',
  rules: [],
  hides: 'password',
  parse: async (raw, source) => {
    const url = source.kind === 'file' ? await readCredential(textOf(raw), source) : textOf(raw);
    if (source.kind === 'flag' && URL.canParse(url) && new URL(url).password !== '') {
      throw new UsageError(
        'secret-on-command-line',
        `${source.name} holds a password that everybody on this machine could see`,
        { hint: 'use EMCP_DATABASE_URL' },
      );
    }
    const read = readDatabaseUrl(url);
    if (read.kind !== 'unusable') return url;
    throw new UsageError('database-url', `cannot be used: ${read.why}`, {
      where: source.where,
      hint: 'sqlite:FILE, mysql://USER@HOST/DATABASE or postgres://USER@HOST/DATABASE',
    });
  },
};

function textKind<Value>(
  rules: readonly TextRule[],
  read: (text: string, source: ValueSource) => Value | Promise<Value>,
): OptionKind<Value> {
  return {
    written: 'text',
    rules,
    parse: (raw, source) => read(check(textOf(raw), rules, source), source),
  };
}

function textOf(raw: unknown): string {
  return typeof raw === 'string' ? raw : String(raw);
}
