import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { profilesFolder } from '../../catalogue/index.ts';
import { CONFIG_NAME } from '../../config/config-file.ts';
import { configText, CREDENTIAL_KEYS, type Credential, type FirstTarget } from '../../config/config-template.ts';
import type { Environment, EnvironmentName } from '../../config/environment.ts';
import { loadProfile } from '../../config/load.ts';
import { isPlainPath } from '../../config/secret-file.ts';
import { TARGET_OPTIONS, type OptionKey } from '../../config/target-options.ts';
import { check as checkText, type TextPlace } from '../../config/text-rules.ts';
import { UsageError } from '../../model/errors.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { concludeOutputs, tryOutput } from '../lost-output.ts';
import { assertWritable, kindOf, writePrivately } from '../private-file.ts';
import { environmentOf } from '../target-sources.ts';

export interface InitFlags {
  readonly url?: string;
  readonly profile?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** Where `emcp serve` listens. */
const LOCAL = 'http://127.0.0.1:8787';
const PROFILE = 'hybrid';

/** Refuses before the first question what could not be written after the last. */
export async function runInit(flags: InitFlags, io: Io): Promise<number> {
  const path = join(io.cwd, CONFIG_NAME);
  const where = { source: path };
  if (!flags.force && (await kindOf(path)) !== 'nothing') {
    throw new UsageError('config-exists', 'is there already', { where, hint: 'emcp init --force' });
  }
  await assertWritable(path);
  const env = environmentOf({ command: 'emcp init', ...readingOf(flags) }, io);
  const first = flags.yes ? fromEnvironment(flags, env) : await fromAnswers(flags, io);
  if (first === undefined) return EXIT.SIGINT;
  await loadProfile(first.profile, { folder: profilesFolder(), cwd: io.cwd });
  const text = configText(first);
  const lost = await tryOutput(path, () => writePrivately(path, text));
  if (lost !== undefined) return concludeOutputs(EXIT.ok, [lost], io);
  io.out(`${path}\n`);
  io.err(`next: emcp plan --target ${first.name}\n`);
  return EXIT.ok;
}

/** What is taken from the environment, where nobody is asked. */
function readingOf({ url, yes }: InitFlags) {
  if (!yes) return { read: () => [], because: 'it asks what to write; --yes takes it from the environment' };
  const read = (env: Environment): readonly EnvironmentName[] => {
    const credential = credentialVariable(env);
    return [...(url === undefined ? TARGET_OPTIONS.url.variables : []), ...(credential ? [credential.name] : [])];
  };
  return { read, because: 'it writes one URL and one credential' };
}

function fromEnvironment({ url, profile = PROFILE }: InitFlags, env: Environment): FirstTarget {
  const known = url ?? env.EMCP_BASE_URL;
  return {
    ...targetAt(known ?? LOCAL, url === undefined ? VARIABLE_URL : FLAG_URL),
    profile,
    credential: credentialIn(env),
    isDefault: known !== undefined,
  };
}

function credentialIn(env: Environment): Credential | undefined {
  const found = credentialVariable(env);
  return found && { key: found.key, from: `\${env:${found.name}}` };
}

function credentialVariable(env: Environment) {
  const found = CREDENTIAL_KEYS.flatMap((key) => {
    const name = TARGET_OPTIONS[key].variables.find((variable) => env[variable] !== undefined);
    return name === undefined ? [] : [{ key, name }];
  });
  return found[0];
}

/** Nothing where the questions were broken off. */
async function fromAnswers(flags: InitFlags, io: Io): Promise<FirstTarget | undefined> {
  const { ask } = io;
  if (ask === undefined)
    throw new UsageError('no-terminal', 'there is nobody to ask', { hint: 'emcp init --yes --url URL' });
  const url = flags.url ?? (await ask(`Base URL of the installation [${LOCAL}]: `));
  if (url === undefined) return undefined;
  const target = targetAt(url.trim() || LOCAL, flags.url === undefined ? ANSWERED_URL : FLAG_URL);
  const profile = flags.profile ?? (await ask(`Profile: what it promises [${PROFILE}]: `));
  if (profile === undefined) return undefined;
  const word = await ask(`Credential: ${CREDENTIAL_WORDS} or none [none]: `);
  if (word === undefined) return undefined;
  const credential = credentialKey(word.trim());
  const from = credential === undefined ? '' : await ask(`Where the ${credential} is: a variable or a file: `);
  if (from === undefined) return undefined;
  return {
    ...target,
    profile: profile.trim() || PROFILE,
    credential: credential && { key: credential, from: await referenceTo(from.trim(), io) },
    isDefault: true,
  };
}

const CREDENTIAL_WORDS = CREDENTIAL_KEYS.join(', ');

function credentialKey(word: string): OptionKey | undefined {
  if (word === '' || word === 'none') return undefined;
  const key = CREDENTIAL_KEYS.find((one) => one === word);
  if (key !== undefined) return key;
  // What was meant may be the credential itself; it is not repeated.
  throw new UsageError('bad-credential', `a credential is named by its kind: ${CREDENTIAL_WORDS}`, {
    hint: `emcp init, and answer ${CREDENTIAL_WORDS} or none`,
  });
}

/** A variable, or else a file; whatever is plainly neither may be the credential itself, and is not repeated. */
async function referenceTo(place: string, { env, cwd }: Io): Promise<string> {
  const name = place.replace(/^\$/, '');
  if (/^[A-Z][A-Z0-9_]*$/.test(name) || Object.hasOwn(env, name)) return `\${env:${name}}`;
  const file = await stat(resolve(cwd, place)).catch(() => undefined);
  if (file?.isFile() || (place.includes('/') && isPlainPath(place))) return `file:${place}`;
  throw new UsageError('bad-credential', 'that is neither a variable nor a file', {
    hint: 'emcp init, and answer a name such as SITE_TOKEN, or a path such as keys/token',
  });
}

// Where the URL of the new target may come from.
const FLAG_URL: TextPlace = { kind: 'flag', name: '--url', where: { source: '--url' } };
const VARIABLE_URL: TextPlace = { kind: 'variable', name: 'EMCP_BASE_URL', where: { source: 'EMCP_BASE_URL' } };
const ANSWERED_URL: TextPlace = { ...FLAG_URL, where: { source: 'the base URL' } };

function targetAt(given: string, source: TextPlace): Pick<FirstTarget, 'name' | 'url'> {
  const url = checkText(given, TARGET_OPTIONS.url.kind.rules, source);
  const { hostname } = new URL(url);
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  return { name: isLoopback ? 'local' : nameOf(hostname), url };
}

/** What YAML reads as a text and as nothing else. */
function nameOf(hostname: string): string {
  const name = (hostname.toLowerCase().match(/[a-z0-9]+/g) ?? []).join('-');
  if (name === '') return 'site';
  return /^(?!(?:true|false|null)$)[a-z]/.test(name) ? name : `site-${name}`;
}
