import { Option, type Command } from 'commander';
import type { Deps } from '../deps.ts';
import { FORMATS } from '../formats.ts';
import type { ReportFlags } from './report-run.ts';

export function describeReport(program: Command, deps: Deps): void {
  program
    .command('report <dir|file>')
    .description('show a saved run again, in any format')
    .addOption(new Option('-f, --format <name>', 'format of the report').choices(FORMATS).default('terminal'))
    .option('-o, --output <file>', 'write it to a file instead of standard output')
    .option('-v, --verbose', 'show warnings and skips in full')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, flags: ReportFlags) => {
      const { runReport } = await import('./report-run.ts');
      deps.exit(await runReport(path, flags, deps.io));
    });
}

const EXAMPLES = `
Examples:
  $ emcp report runs/monday
  $ emcp report runs/monday --format junit --output report.xml
  $ emcp report report.json --format markdown`;
