import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { StreamFlags } from './stream-run.ts';

/** The only profile that names a tool that streams. */
const PROFILE = 'streaming';

export function describeStream(program: Command, deps: Deps): void {
  const command = program.command('stream [tool]').description('watch one streaming tool live, and tell who buffers');
  addTargetFlags(command, PROFILE)
    .option('--arguments <json>', 'arguments of the tool; those of the profile otherwise')
    .option('--seconds <n>', 'leave after so long; half as much again as the profile allows otherwise')
    .option('--allow <impacts>', 'write: call any tool of a target that is marked as production')
    .option('--json', 'the whole record as JSON, at the end')
    .addHelpText('after', EXAMPLES)
    .action(async (tool: string | undefined, flags: StreamFlags) => {
      const { runStream } = await import('./stream-run.ts');
      deps.exit(await runStream(tool, { profile: PROFILE, ...flags }, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp stream                                    the counting tool of the embedded server
  $ emcp stream host.stream.count --arguments '{"count":5,"sleep_ms":300}'
  $ emcp stream acme.export --url https://example.org --server acme --token-file token.txt --arguments '{"id":7}'`;
