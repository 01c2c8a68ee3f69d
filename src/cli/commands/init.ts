import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import type { InitFlags } from './init-run.ts';

export function describeInit(program: Command, deps: Deps): void {
  program
    .command('init')
    .description('write a commented emcp.yaml for one installation')
    .option('--url <url>', 'base URL of the installation')
    .option('-p, --profile <name>', 'what it promises')
    .option('-y, --yes', 'ask nothing')
    .option('--force', 'replace an emcp.yaml that is there')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: InitFlags) => {
      const { runInit } = await import('./init-run.ts');
      deps.exit(await runInit(flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp init
  $ emcp init --yes --url https://example.org --profile api-only`;
