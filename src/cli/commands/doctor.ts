import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { CheckFlags } from './check-run.ts';

/** What everything else hangs on. */
const FIRST_QUESTIONS = ['preflight', 'mode/api-route', 'auth/sound-token'];

export function describeDoctor(program: Command, deps: Deps): void {
  const command = program
    .command('doctor')
    .description('ask only what everything hangs on: reachable, TLS, JSON, clocks, a sound token');
  addTargetFlags(command)
    .option('--json', 'the report as JSON')
    .addHelpText('after', '\nExamples:\n  $ emcp doctor --url https://example.org --token-file token.txt')
    .action(async (flags: CheckFlags) => {
      const { runCheck } = await import('./check-run.ts');
      const fixed = { focus: FIRST_QUESTIONS, concurrency: '4', verbose: true };
      deps.exit(await runCheck({ ...flags, ...fixed }, deps.io, 'doctor'));
    });
}
