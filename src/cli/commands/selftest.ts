import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import type { SelftestFlags } from './selftest-run.ts';

export function describeSelftest(program: Command, deps: Deps): void {
  program
    .command('selftest')
    .description('break the reference server in every known way, and say which checks notice')
    .option('--only <fault|check...>', 'these faults, folders of faults, or faults that these checks must catch')
    .option('--all', 'let every check look at every fault: nobody else may turn red; takes minutes')
    .option('--json', 'the matrix as JSON')
    .option('-q, --quiet', 'only what was not caught, and the last line')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: SelftestFlags) => {
      const { runSelftest } = await import('./selftest-run.ts');
      deps.exit(await runSelftest(flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp selftest --quiet
  $ emcp selftest --only rate/generous
  $ emcp selftest --only auth/missing-token --all`;
