import { Option, type Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { PlanFlags } from './plan-run.ts';

export function describePlan(program: Command, deps: Deps): void {
  const command = program.command('plan').description('print what a check would send, before anything is sent');
  addTargetFlags(command)
    .option('--only <check|section...>', 'narrow the run to these checks, folders of checks or runbook sections')
    .option('--allow <impacts>', 'what may be done to an installation: write, load, or both with a comma')
    .option('--wait', 'spread the run over as many windows of the rate limiter as its requests need')
    .option('--seed <text>', 'the seed of the run, so that the names it leaves behind are known')
    .addOption(
      new Option('--scopes', 'only the scopes that a token needs for the run, for emcp token mint --scopes').conflicts(
        'json',
      ),
    )
    .option('--json', 'the plan as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ emcp plan\n  $ emcp plan --url https://example.org --token-file token.txt\n  $ emcp plan --profile hybrid --scopes',
    )
    .action(async (flags: PlanFlags) => {
      const { runPlanCommand } = await import('./plan-run.ts');
      deps.exit(await runPlanCommand(flags, deps.io));
    });
}
