import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { PlanFlags } from './plan-run.ts';

export function describePlan(program: Command, deps: Deps): void {
  const command = program.command('plan').description('print what a check would send, before anything is sent');
  addTargetFlags(command)
    .option('--only <check|section...>', 'narrow the run to these checks, folders of checks or runbook sections')
    .option('--allow <impacts>', 'what may be done to an installation: write, load, or both with a comma')
    .option('--wait', 'wait for the windows of the rate limiter')
    .option('--json', 'the plan as JSON')
    .addHelpText('after', '\nExamples:\n  $ emcp plan\n  $ emcp plan --url https://example.org --token-file token.txt')
    .action(async (flags: PlanFlags) => {
      const { runPlanCommand } = await import('./plan-run.ts');
      deps.exit(await runPlanCommand(flags, deps.io));
    });
}
