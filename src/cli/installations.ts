import { completeInstallation, type Installation } from '../config/installation.ts';
import type { OptionValues } from '../config/target-options.ts';

const HERE = { written: '.', absolute: '.' };
const SECRET = { secret: 'secret' };
const TOKEN = { token: 'token' };
const COOKIE = { cookie: 'a=b' };
const CONSOLE = {
  ...COOKIE,
  artisan: ['php', 'artisan'],
  artisanCwd: HERE,
  workerCommand: ['php', 'artisan', 'stask:worker'],
};
const DATABASE = { ...CONSOLE, database: 'sqlite:site.sqlite' };
const EVERYTHING = { ...DATABASE, username: 'user', password: 'password', workspace: HERE };

function installation(means: Partial<OptionValues>): Installation {
  return completeInstallation({ url: 'https://example.org', ...means });
}

/** Installations by what an operator has of them, each with all before it but the token, which a secret replaces. */
export const INSTALLATIONS: Readonly<Record<string, Installation>> = {
  'a URL': installation({}),
  'a token': installation(TOKEN),
  'the secret': installation(SECRET),
  'a cookie': installation({ ...SECRET, ...COOKIE }),
  'the console': installation({ ...SECRET, ...CONSOLE }),
  'the database': installation({ ...SECRET, ...DATABASE }),
  'a user, a checkout': installation({ ...SECRET, ...EVERYTHING }),
};

/** Of these an operator has everything, with the secret or with one token in its place. */
export const WITH_SECRET = installation({ ...SECRET, ...EVERYTHING });
export const WITH_TOKEN = installation({ ...TOKEN, ...EVERYTHING });
