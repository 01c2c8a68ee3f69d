import type { Installation } from '../model/installation.ts';

const BARE: Installation = {
  kind: 'remote',
  url: 'https://example.org',
  apiPath: '/api/v1/mcp/{server}',
  managerPath: '/emcp/{server}',
  servers: ['content'],
  place: { kind: 'local' },
  insecure: false,
  production: false,
};
const SECRET = { secret: 'secret' };
const TOKEN = { token: 'token' };
const COOKIE = { cookie: 'a=b' };
const CONSOLE = { ...COOKIE, artisan: ['php', 'artisan'], core: '.', worker: ['php', 'artisan', 'stask:worker'] };
const DATABASE = { ...CONSOLE, database: { url: 'sqlite:site.sqlite', prefix: '' } };
const EVERYTHING = {
  ...DATABASE,
  login: { username: 'user', password: 'password', tokenPath: '/api/v1/token' },
  workspace: '.',
};

/** Installations by what an operator has of them, each with all before it but the token, which a secret replaces. */
export const INSTALLATIONS: Readonly<Record<string, Installation>> = {
  'a URL': BARE,
  'a token': { ...BARE, ...TOKEN },
  'the secret': { ...BARE, ...SECRET },
  'a cookie': { ...BARE, ...SECRET, ...COOKIE },
  'the console': { ...BARE, ...SECRET, ...CONSOLE },
  'the database': { ...BARE, ...SECRET, ...DATABASE },
  'a user, a checkout': { ...BARE, ...SECRET, ...EVERYTHING },
};

/** Of these an operator has everything, with the secret or with one token in its place. */
export const WITH_SECRET: Installation = { ...BARE, ...SECRET, ...EVERYTHING };
export const WITH_TOKEN: Installation = { ...BARE, ...TOKEN, ...EVERYTHING };
