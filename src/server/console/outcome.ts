/** What a console command leaves behind; like the runtime's, commands print on stdout even when they fail. */
export interface ConsoleOutcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `php artisan` would answer to these words. */
export type Console = (argv: readonly string[]) => Promise<ConsoleOutcome>;

/** The outcome of a command that ran to its end. */
export function printed(exit: 0 | 1, lines: readonly string[]): ConsoleOutcome {
  return { exit, stdout: lines.map((line) => `${line}\n`).join(''), stderr: '' };
}

/** An exception nobody caught, as the PHP command line reports it; the stack trace is left out. */
export function uncaught(exception: string, message: string): ConsoleOutcome {
  return { exit: 255, stdout: '', stderr: `PHP Fatal error:  Uncaught ${exception}: ${message}\n` };
}
