import { Argument, type Command } from 'commander';
import { SCRIPTS } from '../completion.ts';
import type { Deps } from '../deps.ts';

export function describeCompletion(program: Command, deps: Deps): void {
  program
    .command('completion')
    .description('print what completes commands, options, profiles and checks in a shell')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', EXAMPLES)
    .action((shell: keyof typeof SCRIPTS) => {
      deps.io.out(SCRIPTS[shell]);
    });
  program
    .command('complete-words [words...]', { hidden: true })
    .description('what the scripts ask: the words that may follow')
    .action(async (words: string[]) => {
      const { runCompleteWords } = await import('./completion-run.ts');
      await runCompleteWords(program, words, deps.io);
    });
}

const EXAMPLES = `
Examples:
  $ emcp completion bash > emcp.bash && . ./emcp.bash
  $ emcp completion zsh > _emcp                    into a folder of $fpath
  $ emcp completion fish > emcp.fish               into ~/.config/fish/completions`;
