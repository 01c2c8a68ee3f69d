import * as kinds from './option-kinds.ts';
import type { TargetOption } from './target-option.ts';

const TABLE = {
  url: {
    flag: '--url <url>',
    variables: ['EMCP_BASE_URL'],
    yaml: 'url',
    kind: kinds.baseUrl,
    group: 'target',
    does: 'base URL of the installation',
    required: true,
    sample: false,
  },
  apiPath: {
    flag: '--api-path <path>',
    variables: ['EMCP_API_PATH'],
    yaml: 'apiPath',
    kind: kinds.path,
    group: 'target',
    does: 'API path, with {server}',
    default: '/api/v1/mcp/{server}',
    sample: '/api/v1/mcp/{server}',
  },
  managerPath: {
    flag: '--manager-path <path>',
    variables: ['EMCP_MANAGER_PATH'],
    yaml: 'managerPath',
    kind: kinds.path,
    group: 'target',
    does: 'manager path, with {server}',
    default: '/emcp/{server}',
    sample: '/emcp/{server}',
  },
  servers: {
    flag: '--server <handle...>',
    variables: ['EMCP_SERVER_HANDLE'],
    yaml: 'servers',
    kind: kinds.words,
    group: 'target',
    does: 'server handles, the main one first',
    default: ['content'],
    sample: '[content]',
  },
  insecure: {
    flag: '--insecure',
    variables: [],
    yaml: 'insecure',
    kind: kinds.toggle,
    group: 'target',
    does: 'do not verify TLS certificates',
    default: false,
    sample: false,
  },
  ca: {
    flag: '--ca-file <file>',
    variables: [],
    yaml: 'caFile',
    kind: kinds.certificates,
    group: 'target',
    does: 'trust these certificate authorities, too',
    sample: false,
  },
  production: {
    flag: '--production',
    variables: [],
    yaml: 'production',
    kind: kinds.toggle,
    group: 'target',
    does: 'mark the target as production: only --allow on the command line allows anything but reading',
    default: false,
    sample: 'true',
  },
  timeout: {
    flag: '--timeout <seconds>',
    variables: [],
    yaml: 'timeout',
    kind: kinds.timeLimit,
    group: 'target',
    does: 'limit for one whole response, of HTTP or artisan',
    sample: false,
  },
  artisan: {
    flag: '--artisan <command>',
    variables: [],
    yaml: 'artisan',
    kind: kinds.command,
    group: 'host',
    does: 'how to run artisan, such as "php artisan"',
    sample: 'php artisan',
  },
  artisanCwd: {
    flag: '--artisan-cwd <dir>',
    variables: ['EMCP_CORE_DIR', 'EMCP_STASK_WORKER_CWD'],
    yaml: 'artisanCwd',
    kind: kinds.folder,
    group: 'host',
    does: 'the directory core of the CMS, where artisan and the settings are; on the host that --ssh or --exec lead to',
    sample: '/var/www/site/core',
  },
  ssh: {
    flag: '--ssh <destination>',
    variables: [],
    yaml: 'ssh',
    kind: kinds.sshDestination,
    group: 'host',
    does: 'run commands on this host',
    oneOf: 'place',
    sample: 'deploy@example.org',
  },
  exec: {
    flag: '--exec <command>',
    variables: [],
    yaml: 'exec',
    kind: kinds.command,
    group: 'host',
    does: 'run commands through this one, such as "docker compose exec -T app"',
    oneOf: 'place',
    sample: false,
  },
  workerCommand: {
    flag: '--worker-command <command>',
    variables: ['EMCP_STASK_WORKER_CMD'],
    yaml: 'workerCommand',
    kind: kinds.command,
    group: 'host',
    does: 'how to run the worker once',
    sample: false,
  },
  database: {
    flag: '--db <url>',
    variables: ['EMCP_DATABASE_URL'],
    yaml: 'database',
    kind: kinds.databaseUrl,
    group: 'host',
    does: 'sqlite:FILE, mysql://… or postgres://…, without a password; in emcp.yaml ${env:NAME} or file:PATH of such a URL',
    secret: 'database password',
    sample: '${env:SITE_DATABASE_URL}',
  },
  tablePrefix: {
    flag: '--table-prefix <prefix>',
    variables: [],
    yaml: 'tablePrefix',
    kind: kinds.tablePrefix,
    group: 'host',
    does: 'prefix of the CMS tables',
    default: '',
    needs: 'database',
    sample: false,
  },
  workspace: {
    flag: '--workspace <dir>',
    variables: [],
    yaml: 'workspace',
    kind: kinds.folder,
    group: 'host',
    does: 'a checkout of the eMCP package',
    sample: false,
  },
  secret: {
    flag: '--secret-file <file>',
    variables: ['EMCP_TEST_JWT_SECRET'],
    yaml: 'secret',
    kind: kinds.secret,
    group: 'credentials',
    does: 'the signing secret: every check mints a token of its own',
    secret: 'signing secret',
    sample: '${env:EMCP_TEST_JWT_SECRET}',
  },
  token: {
    flag: '--token-file <file>',
    variables: ['EMCP_API_TOKEN'],
    yaml: 'token',
    kind: kinds.secret,
    group: 'credentials',
    does: 'one token',
    secret: 'given token',
    yieldsTo: 'secret',
    sample: '${env:EMCP_API_TOKEN}',
  },
  issuer: {
    flag: '--issuer <text>',
    variables: [],
    yaml: 'issuer',
    kind: kinds.text,
    group: 'credentials',
    does: 'the issuer the target demands of minted tokens',
    needs: 'secret',
    sample: false,
  },
  cookie: {
    flag: '--cookie-file <file>',
    variables: ['EMCP_MANAGER_COOKIE'],
    yaml: 'cookie',
    kind: kinds.secret,
    group: 'credentials',
    does: 'the cookie of a manager session',
    secret: 'manager cookie',
    sample: '${env:EMCP_MANAGER_COOKIE}',
  },
  csrf: {
    flag: '--csrf-file <file>',
    variables: ['EMCP_MANAGER_CSRF'],
    yaml: 'csrf',
    kind: kinds.secret,
    group: 'credentials',
    does: 'the CSRF token of that session',
    secret: 'CSRF token',
    needs: 'cookie',
    sample: false,
  },
  username: {
    flag: '--login <user>',
    variables: ['EMCP_USERNAME'],
    yaml: 'login.username',
    kind: kinds.text,
    group: 'credentials',
    does: 'log in at the token endpoint as this user',
    needs: 'password',
    sample: false,
  },
  password: {
    flag: '--password-file <file>',
    variables: ['EMCP_PASSWORD'],
    yaml: 'login.password',
    kind: kinds.secret,
    group: 'credentials',
    does: 'the password of that user',
    secret: 'password',
    needs: 'username',
    sample: false,
  },
  tokenPath: {
    flag: '--token-path <path>',
    variables: [],
    yaml: 'login.tokenPath',
    kind: kinds.path,
    group: 'credentials',
    does: 'the token endpoint',
    default: '/api/v1/token',
    needs: 'username',
    sample: false,
  },
} as const satisfies Readonly<Record<string, TargetOption<unknown>>>;

export type OptionKey = keyof typeof TABLE;

/** The flag of a row, as a literal type. */
export type FlagOf<Key extends OptionKey> = (typeof TABLE)[Key]['flag'];

/** Variables that say something of a target. */
export type OptionVariable = (typeof TABLE)[OptionKey]['variables'][number];

/** The values by key, read and checked. */
export type OptionValues = {
  readonly [Key in OptionKey]: (typeof TABLE)[Key]['kind'] extends kinds.OptionKind<infer Value> ? Value : never;
};

/** Keys that have a value always: given, or by default. */
export type DefinedKey = {
  [Key in OptionKey]: (typeof TABLE)[Key] extends { readonly default: unknown } | { readonly required: true }
    ? Key
    : never;
}[OptionKey];

interface Row<Key extends OptionKey> extends TargetOption<OptionValues[Key]> {
  readonly variables: readonly OptionVariable[];
  readonly needs?: OptionKey;
  readonly yieldsTo?: OptionKey;
}

/** The options of a target, by key. */
export const TARGET_OPTIONS: { readonly [Key in OptionKey]: Row<Key> } = TABLE;

export const OPTION_KEYS: readonly OptionKey[] = Object.keys(TARGET_OPTIONS).filter(isOptionKey);

function isOptionKey(key: string): key is OptionKey {
  return Object.hasOwn(TARGET_OPTIONS, key);
}
