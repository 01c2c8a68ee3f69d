import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';
import { testIo } from './test-io.ts';

const ROOT = join(import.meta.dirname, '../..');

const program = buildProgram(testIo(), () => undefined);

/** Every line of a fenced block that is a command, where it stands. */
export function shownInDocs(): readonly (readonly [where: string, line: string])[] {
  const pages = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', ...pages.map((file) => `docs/${file}`)].flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^```(?:sh)?\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
      block.split('\n').flatMap((line) => (/^(?:emcp|npx|npm|export|\.) /.test(line) ? [[file, line] as const] : [])),
    ),
  );
}

/** Every example of a command's help, without the words beside it. */
export function shownInHelp(): readonly (readonly [where: string, line: string])[] {
  return commandsBelow(program).flatMap((command) => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    return [...help.matchAll(/^ {2}\$ (.*?)(?: {2,}.*)?$/gm)].map(
      ([, line = '']) => [`${wordsOf(command)} --help`, line] as const,
    );
  });
}

/** The options of a shown `emcp …` that its command does not have. */
export function unknownOptions(line: string): readonly string[] {
  return line.split(/[|&>]/).flatMap((part) => {
    const [first, ...words] = part.trim().replace(/^npx /, '').split(/\s+/);
    if (first !== 'emcp') return [];
    const command = words.reduce((above, word) => above.commands.find((one) => one.name() === word) ?? above, program);
    const known = new Set(command.options.flatMap(({ long, short }) => [long, short]));
    const given = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ''));
    return [...(command === program ? [`no command: ${part}`] : []), ...given.filter((word) => !known.has(word))];
  });
}

function commandsBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(commandsBelow)];
}

function wordsOf(command: Command): string {
  return command.parent === null ? command.name() : `${wordsOf(command.parent)} ${command.name()}`;
}
