import { Command, type HelpContext } from 'commander';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../model/errors.ts';

/** A command that may have others below it. Which one is meant is asked in a line, not with a page of help. */
export class CommandGroup extends Command {
  override createCommand(name?: string): Command {
    return new CommandGroup(name);
  }

  override help(context?: HelpContext | ((text: string) => string)): never {
    const isAsked = typeof context !== 'object' || !context.error;
    const [word, wanted] = this.args;
    if (!isAsked && word === 'help' && wanted !== undefined) throw this.unknown(wanted);
    if (!isAsked && this.parent !== null) {
      throw new UsageError('no-command', `${this.words()} needs ${this.names().join(', ')}`, {
        hint: `${this.words()} --help`,
      });
    }
    return super.help(typeof context === 'object' ? context : undefined);
  }

  private unknown(wanted: string): UsageError {
    const meant = nearest(wanted, this.names());
    return new UsageError('unknown-command', `there is no command ${wanted}; there are ${this.names().join(', ')}`, {
      hint: meant === undefined ? `${this.words()} --help` : `${this.words()} help ${meant}`,
    });
  }

  private names(): readonly string[] {
    const help = this.createHelp();
    return help.visibleCommands(this).flatMap((command) => (command.name() === 'help' ? [] : [command.name()]));
  }

  private words(): string {
    return this.parent === null ? this.name() : `${this.parent.name()} ${this.name()}`;
  }
}
