import { join } from 'node:path';
import { packageRoot } from '../../catalogue/index.ts';
import { CONFIG_NAME } from '../../config/config-file.ts';
import { configText, type Credential, type FirstTarget } from '../../config/config-template.ts';
import { readEnvironment, type Environment } from '../../config/environment.ts';
import { loadProfile } from '../../config/load.ts';
import { UsageError } from '../../model/errors.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { concludeOutputs, tryOutput } from '../lost-output.ts';
import { assertWritable, kindOf, writePrivately } from '../private-file.ts';

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
  const env = readEnvironment(io.env);
  const first = flags.yes ? fromEnvironment(flags, env) : await fromAnswers(flags, io);
  if (first === undefined) return EXIT.SIGINT;
  await loadProfile(first.profile, { folder: join(packageRoot(), 'profiles'), cwd: io.cwd });
  const text = configText(first);
  const lost = await tryOutput(path, () => writePrivately(path, text));
  if (lost !== undefined) return concludeOutputs(EXIT.ok, [lost], io);
  io.out(`${path}\n`);
  io.err(`next: emcp plan --target ${first.name}\n`);
  return EXIT.ok;
}

function fromEnvironment({ url, profile = PROFILE }: InitFlags, env: Environment): FirstTarget {
  const known = url ?? env.EMCP_BASE_URL;
  const credential = VARIABLES.find(({ name }) => env[name] !== undefined);
  return {
    ...targetAt(known ?? LOCAL),
    profile,
    credential: credential && { kind: credential.kind, from: `\${env:${credential.name}}` },
    isDefault: known !== undefined,
  };
}

const VARIABLES = [
  { kind: 'secret', name: 'EMCP_TEST_JWT_SECRET' },
  { kind: 'token', name: 'EMCP_API_TOKEN' },
  { kind: 'cookie', name: 'EMCP_MANAGER_COOKIE' },
] as const;

/** Nothing where the questions were broken off. */
async function fromAnswers(flags: InitFlags, { ask }: Io): Promise<FirstTarget | undefined> {
  if (ask === undefined)
    throw new UsageError('no-terminal', 'there is nobody to ask', { hint: 'emcp init --yes --url URL' });
  const url = flags.url ?? (await ask(`Base URL of the installation [${LOCAL}]: `));
  if (url === undefined) return undefined;
  const target = targetAt(url.trim() || LOCAL);
  const profile = flags.profile ?? (await ask(`Profile: what it promises [${PROFILE}]: `));
  if (profile === undefined) return undefined;
  const kind = await ask('Credential: token, secret, cookie or none [none]: ');
  if (kind === undefined) return undefined;
  const credential = kindFrom(kind.trim());
  const from = credential === undefined ? '' : await ask(`Where the ${credential} is: a variable or a file: `);
  if (from === undefined) return undefined;
  return {
    ...target,
    profile: profile.trim() || PROFILE,
    credential: credential && { kind: credential, from: referenceTo(from.trim()) },
    isDefault: true,
  };
}

function kindFrom(word: string): Credential['kind'] | undefined {
  if (word === '' || word === 'none') return undefined;
  if (word === 'token' || word === 'secret' || word === 'cookie') return word;
  // What was meant may be the credential itself; it is not repeated.
  throw new UsageError('bad-credential', 'a credential is a token, a secret or a cookie, and is named by kind', {
    hint: 'emcp init, and answer token, secret, cookie or none',
  });
}

/** A name is a variable; whatever else is a path. */
function referenceTo(place: string): string {
  if (/^\$?[A-Za-z_]\w*$/.test(place)) return `\${env:${place.replace('$', '')}}`;
  return `file:${place}`;
}

function targetAt(url: string): Pick<FirstTarget, 'name' | 'url'> {
  if (!URL.canParse(url)) {
    throw new UsageError('bad-url', 'that is no URL', { hint: 'a base URL such as https://example.org' });
  }
  const words = new URL(url).hostname.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
  return { name: isLoopback ? 'local' : words.join('-') || 'site', url };
}
