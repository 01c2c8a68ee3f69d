import type { Command } from 'commander';
import type { Deps } from '../deps.ts';
import { addTargetFlags } from '../target-flags.ts';
import type { ListServersFlags } from './list-servers-run.ts';

export function describeListServers(program: Command, deps: Deps): void {
  const command = program.command('list-servers').description('list the enabled servers, as `emcp:list-servers` does');
  addTargetFlags(command)
    .option('--json', 'the list as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ListServersFlags) => {
      const { runListServers } = await import('./list-servers-run.ts');
      deps.exit(await runListServers(flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp list-servers                              the embedded server's console
  $ emcp list-servers --url https://example.org --artisan "php artisan" --artisan-cwd core --ssh deploy@example.org
  $ emcp list-servers --url https://example.org --token-file token.txt --server content reports

Without artisan it can only say what HTTP proves of the handles it is given.`;
