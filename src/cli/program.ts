import { CommanderError, type Command } from 'commander';
import { describeCheck } from './commands/check.ts';
import { describeCompletion } from './commands/completion.ts';
import { describeDoctor } from './commands/doctor.ts';
import { describeExplain } from './commands/explain.ts';
import { describeInit } from './commands/init.ts';
import { describeList } from './commands/list.ts';
import { describeListServers } from './commands/list-servers.ts';
import { describePlan } from './commands/plan.ts';
import { describeReport } from './commands/report.ts';
import { describeSelftest } from './commands/selftest.ts';
import { describeServe } from './commands/serve.ts';
import { describeStream } from './commands/stream.ts';
import { describeSyncWorkers } from './commands/sync-workers.ts';
import { describeTest } from './commands/test.ts';
import { describeToken } from './commands/token.ts';
import { CommandGroup } from './command-group.ts';
import { EXIT, EXIT_ROWS, formatExits } from './exit.ts';
import type { Io } from './io.ts';
import { toolVersion } from '../app/version.ts';

const COMMANDS = [
  describeCheck,
  describePlan,
  describeDoctor,
  describeList,
  describeExplain,
  describeListServers,
  describeTest,
  describeSyncWorkers,
  describeReport,
  describeServe,
  describeInit,
  describeStream,
  describeToken,
  describeSelftest,
  describeCompletion,
];

/** All words of help; behaviours are imported when their command runs. */
export function buildProgram(io: Io, exit: (code: number) => void): Command {
  const program = new CommandGroup('emcp')
    .description(
      'The operator’s instrument for eMCP: the runbook as checks, against an installation or the embedded server.',
    )
    .option('-V, --version', 'print the version')
    .exitOverride()
    .showHelpAfterError('next: emcp --help')
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(withoutValues(text)),
    })
    .configureHelp({ helpWidth: Math.min(io.width, 100) })
    .addHelpText('after', `${EXAMPLES}\n\nExit codes:\n${formatExits(EXIT_ROWS).trimEnd()}`);
  // Wherever it stands: who asks for the version wants nothing to be run.
  program.on('option:version', () => {
    io.out(`${toolVersion()}\n`);
    throw new CommanderError(EXIT.ok, 'commander.version', '');
  });
  for (const describe of COMMANDS) describe(program, { io, exit });
  applyDefaults(program, 'emcp');
  return program;
}

/** Gives the commands below, and theirs, what holds for all. */
function applyDefaults(above: Command, words: string): void {
  for (const command of above.commands) {
    const line = `${words} ${command.name()}`;
    command
      .copyInheritedSettings(above)
      .showHelpAfterError(`next: ${line} --help`)
      .addHelpText('after', '\nExit codes: emcp explain exit');
    applyDefaults(command, line);
  }
}

/** What was meant as a secret may stand behind a mistyped flag; it is not repeated. */
function withoutValues(message: string): string {
  return message.replaceAll(/(--?[\w-]+)=[^\n]*(?='\n)/g, '$1');
}

const EXAMPLES = `
Examples:
  $ emcp check --profile hybrid                          the embedded server, no set-up
  $ emcp plan --url https://example.org                  what would be sent, before anything is
  $ emcp check --url https://example.org --secret-file jwt.secret --allow write,load --wait
  $ emcp serve --print-env                               a server to try things on`;
