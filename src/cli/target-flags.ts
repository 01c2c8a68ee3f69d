import { Command, Option } from 'commander';
import type { TargetWords } from '../config/described-target.ts';
import { UsageError } from '../model/errors.ts';

/** Flags that say what is checked; the same for every command that asks a target. */
export interface TargetFlags extends TargetWords {
  readonly profile?: string;
  readonly checks?: readonly string[];
}

export function addTargetFlags(command: Command, profile = 'hybrid'): Command {
  command
    .option('-p, --profile <name|file>', `what the deployment promises (default: ${profile})`)
    .optionsGroup('Target (default: the embedded reference server):')
    .option('--target <name>', 'a target of emcp.yaml')
    .option('--config <file>', 'another file than the emcp.yaml found upwards from here')
    .option('--url <url>', 'base URL of the installation (EMCP_BASE_URL)')
    .option('--api-path <path>', 'API path, with {server} (EMCP_API_PATH)')
    .option('--manager-path <path>', 'manager path, with {server} (EMCP_MANAGER_PATH)')
    .option('--server <handle...>', 'server handles, the main one first (EMCP_SERVER_HANDLE)')
    .option('--embedded', 'check the embedded server whatever the environment says')
    .option('--insecure', 'do not verify TLS certificates')
    .option('--ca-file <file>', 'trust these certificate authorities, too')
    .option('--production', 'mark the target as production in every report')
    .option('--timeout <seconds>', 'limit for one answer, of HTTP or artisan')
    .optionsGroup('Host of the target:')
    .option('--artisan <command>', 'how to run artisan, such as "php artisan"')
    .option('--artisan-cwd <dir>', 'the directory core of the CMS, where artisan and the settings are (EMCP_CORE_DIR)')
    .option('--ssh <destination>', 'run commands on this host')
    .option('--exec <command>', 'run commands through this one, such as "docker compose exec -T app"')
    .option('--worker-command <command>', 'how to run the worker once (EMCP_STASK_WORKER_CMD)')
    .option('--db <url>', 'sqlite:FILE, mysql://… or postgres://…, without a password (EMCP_DATABASE_URL)')
    .option('--table-prefix <prefix>', 'prefix of the CMS tables')
    .option('--workspace <dir>', 'a checkout of the eMCP package')
    .optionsGroup('Credentials (never on the command line):')
    .option('--token-file <file>', 'one token; - reads stdin (EMCP_API_TOKEN)')
    .option('--secret-file <file>', 'the signing secret; - reads stdin (EMCP_TEST_JWT_SECRET)')
    .option('--issuer <text>', 'the issuer the target demands of minted tokens')
    .option('--cookie-file <file>', 'a manager cookie; - reads stdin (EMCP_MANAGER_COOKIE)')
    .option('--login <user>', 'log in at the token endpoint (EMCP_USERNAME)')
    .option('--password-file <file>', 'its password; - reads stdin (EMCP_PASSWORD)')
    .option('--token-path <path>', 'the token endpoint')
    .optionsGroup('Options:')
    .option('--checks <dir...>', 'folders with checks of your own');
  for (const name of ['token', 'secret', 'cookie', 'password']) command.addOption(refusedSecret(name));
  return command;
}

/** Some of them, for commands that ask little. */
export function addSomeTargetFlags(command: Command, names: readonly string[]): Command {
  for (const option of addTargetFlags(new Command()).options) {
    if (names.includes(option.attributeName())) command.addOption(option);
  }
  return command.optionsGroup('Options:');
}

/** A secret on the command line ends up in the process list and the shell history. The value is not repeated. */
function refusedSecret(name: string): Option {
  return new Option(`--${name} <value>`).hideHelp().argParser(() => {
    throw new UsageError('secret-on-command-line', `--${name} would show the ${name} to everybody on this machine`, {
      hint: `write it into a file and give --${name}-file FILE, or use the environment`,
    });
  });
}
