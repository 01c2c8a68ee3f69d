import { Option, type Command } from 'commander';
import { UsageError } from '../model/errors.ts';

/** Flags that say what is checked; the same for every command that asks a target. */
export interface TargetFlags {
  readonly profile: string;
  readonly url?: string;
  readonly apiPath?: string;
  readonly managerPath?: string;
  readonly server?: readonly string[];
  readonly tokenFile?: string;
  readonly secretFile?: string;
  readonly cookieFile?: string;
  readonly login?: string;
  readonly passwordFile?: string;
  readonly tokenPath?: string;
  readonly insecure?: boolean;
  readonly caFile?: string;
  readonly production?: boolean;
  readonly embedded?: boolean;
  readonly timeout?: string;
  readonly checks?: readonly string[];
}

export function addTargetFlags(command: Command): Command {
  command
    .option('-p, --profile <name|file>', 'what the deployment promises', 'hybrid')
    .optionsGroup('Target (default: the embedded reference server):')
    .option('--url <url>', 'base URL of the installation (EMCP_BASE_URL)')
    .option('--api-path <path>', 'API path, with {server} (EMCP_API_PATH)')
    .option('--manager-path <path>', 'manager path, with {server} (EMCP_MANAGER_PATH)')
    .option('--server <handle...>', 'server handles, the main one first (EMCP_SERVER_HANDLE)')
    .option('--embedded', 'check the embedded server whatever the environment says')
    .option('--insecure', 'do not verify TLS certificates')
    .option('--ca-file <file>', 'trust these certificate authorities, too')
    .option('--production', 'mark the target as production in every report')
    .option('--timeout <seconds>', 'limit for one answer')
    .optionsGroup('Credentials (never on the command line):')
    .option('--token-file <file>', 'one token; - reads stdin (EMCP_API_TOKEN)')
    .option('--secret-file <file>', 'the signing secret; - reads stdin (EMCP_TEST_JWT_SECRET)')
    .option('--cookie-file <file>', 'a manager cookie; - reads stdin (EMCP_MANAGER_COOKIE)')
    .option('--login <user>', 'log in at the token endpoint (EMCP_USERNAME)')
    .option('--password-file <file>', 'its password; - reads stdin (EMCP_PASSWORD)')
    .option('--token-path <path>', 'the token endpoint')
    .optionsGroup('Options:')
    .option('--checks <dir...>', 'folders with checks of your own');
  for (const name of ['token', 'secret', 'cookie', 'password']) command.addOption(refusedSecret(name));
  return command;
}

/** A secret on the command line ends up in the process list and the shell history. The value is not repeated. */
function refusedSecret(name: string): Option {
  return new Option(`--${name} <value>`).hideHelp().argParser(() => {
    throw new UsageError('secret-on-command-line', `--${name} would show the ${name} to everybody on this machine`, {
      hint: `write it into a file and give --${name}-file FILE, or use the environment`,
    });
  });
}
