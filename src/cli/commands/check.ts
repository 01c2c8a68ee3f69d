import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import { FORMATS } from '../formats.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { CheckFlags } from './check-run.ts';

export function describeCheck(program: Command, deps: Deps): void {
  const command = program.command('check').description('run the checks of a profile and judge the target');
  addTargetFlags(command)
    .option('--only <check|section...>', 'narrow the run to these checks, folders of checks or runbook sections')
    .option('--allow <impacts>', 'what may be done to an installation: write, load, or both with a comma')
    .option('--wait', 'spread the run over as many windows of the rate limiter as its requests need')
    .option('--strict', 'warnings, and skips for lack of something, are red, too')
    .option('--reporter <name...>', `format of the report, NAME or NAME=FILE: ${FORMATS.join(', ')}`)
    .option('--json', 'the same as --reporter json')
    .option('-o, --output <dir>', 'save the run: report, page and digests')
    .option('--seed <text>', 'names of this run; the same seed gives the same names')
    .option('--concurrency <n>', 'checks that read concurrently', '4')
    .option('-v, --verbose', 'show warnings and skips in full')
    .option('-q, --quiet', 'only what is red, and the last line')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: CheckFlags) => {
      const { runCheck } = await import('./check-run.ts');
      deps.exit(await runCheck(flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp check                                     the embedded server, profile hybrid
  $ emcp check --only rate/threshold --verbose
  $ emcp check --url https://example.org --token-file token.txt --profile api-only
  $ emcp check --allow write,load --wait --reporter terminal junit=report.xml --output runs/today`;
