import { configFile, CONFIG_NAME } from './config-file.ts';
import { parseYaml } from './yaml-file.ts';

/** What a new configuration file is made of. */
export interface FirstTarget {
  readonly name: string;
  readonly url: string;
  readonly profile: string;
  readonly credential: Credential | undefined;
  /** Whether commands that name no target mean this one. */
  readonly isDefault: boolean;
}

export interface Credential {
  readonly kind: 'token' | 'secret' | 'cookie';
  /** `${env:NAME}` or `file:PATH`. */
  readonly from: string;
}

/** The text of a first `emcp.yaml`, commented; refused where its own schema refuses it. */
export function configText({ name, url, profile, credential, isDefault }: FirstTarget): string {
  const text = `# Targets of emcp. Credentials are named here, never written down: \${env:NAME} or file:PATH.
# Schema and all keys: docs/schema/emcp.schema.json of the package.

# The target of commands that name none; without it they use the embedded reference server.
${isDefault ? '' : '# '}default: ${name}

targets:
  ${name}:
    url: ${JSON.stringify(url)}
    profile: ${JSON.stringify(profile)}
${credentialLines(credential)}
    # Paths and server handles, where they are not the stock ones.
    # apiPath: /api/v1/mcp/{server}
    # managerPath: /emcp/{server}
    # servers: [content]

    # What checks may do besides reading: leave rows (write), send bursts (load).
    # allow: [write, load]
    # production: true

    # Where the console and the tables are.
    # artisan: php artisan
    # artisanCwd: /var/www/site/core
    # ssh: deploy@example.org
    # database: \${env:SITE_DATABASE_URL}

    # Single promises that differ from the profile.
    # expect:
    #   rate: { perMinute: 120 }
`;
  parseYaml(text, CONFIG_NAME, configFile);
  return text;
}

const CREDENTIALS = {
  token: ['${env:EMCP_API_TOKEN}', 'one token'],
  secret: ['${env:EMCP_TEST_JWT_SECRET}', 'the signing secret: every check mints a token of its own'],
  cookie: ['${env:EMCP_MANAGER_COOKIE}', 'a manager session'],
} as const;

function credentialLines(given: Credential | undefined): string {
  return Object.entries(CREDENTIALS)
    .map(([kind, [usual, means]]) =>
      given?.kind === kind ? `    ${kind}: ${JSON.stringify(given.from)}\n` : `    # ${kind}: ${usual} # ${means}\n`,
    )
    .join('');
}
