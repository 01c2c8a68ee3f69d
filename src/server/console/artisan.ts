import { parseArgs } from 'node:util';
import type { ConsoleHost } from './host.ts';
import { listServers } from './list-servers.ts';
import { printed, uncaught, type ConsoleOutcome } from './outcome.ts';
import { smokeTest } from './smoke-test.ts';
import { syncWorkers } from './sync-workers.ts';

interface Command {
  readonly options?: readonly string[];
  readonly run: (host: ConsoleHost, input: Input) => ConsoleOutcome | Promise<ConsoleOutcome>;
}

interface Input {
  readonly server: string | undefined;
  readonly argument: string | undefined;
}

const commands: ReadonlyMap<string, Command> = new Map([
  ['emcp:list-servers', { run: (host: ConsoleHost) => listServers(host.servers()) }],
  ['emcp:sync-workers', { run: (host: ConsoleHost) => syncWorkers(host.repairWorker()) }],
  ['emcp:test', { options: ['server'], run: (host: ConsoleHost, { server }: Input) => smokeTest(host, server) }],
  ['mcp:start', { run: (host: ConsoleHost, { argument }: Input) => startLocal(host, argument ?? '') }],
  ['stask:worker', { run: runTasks }],
]);

const everyCommandTakes = ['ansi', 'no-ansi', 'no-interaction', 'n', 'quiet', 'q', 'silent', 'verbose', 'v'];

/** Answers as `php artisan` would; `argv` is what follows it. Twin of the commands of eMCP, laravel/mcp and sTask. */
export async function runConsole(argv: readonly string[], host: ConsoleHost): Promise<ConsoleOutcome> {
  const [name = '', ...words] = argv;
  try {
    // Each artisan call boots the application first, which reads the registry and repairs the worker row.
    host.servers();
    host.repairWorker();
    const command = commands.get(name);
    return command === undefined ? unknownCommand(name) : await run(command, words, host);
  } catch (error) {
    return uncaught('RuntimeException', messageOf(error));
  }
}

async function run(command: Command, words: readonly string[], host: ConsoleHost): Promise<ConsoleOutcome> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { server: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const known = new Set([...everyCommandTakes, ...(command.options ?? [])]);
  const foreign = Object.keys(values).find((option) => !known.has(option));
  if (foreign !== undefined) {
    const message = `The "--${foreign}" option does not exist.`;
    return uncaught('Symfony\\Component\\Console\\Exception\\RuntimeException', message);
  }
  const { server } = values;
  return command.run(host, {
    server: typeof server === 'string' && server !== '' ? server : undefined,
    argument: positionals[0],
  });
}

function unknownCommand(name: string): ConsoleOutcome {
  const [namespace = ''] = name.split(':');
  const alike = [...commands.keys()].filter((known) => namespace.includes(known.split(':')[0] ?? known));
  const hint = alike.length === 0 ? '' : `\n\nDid you mean one of these?\n    ${alike.join('\n    ')}`;
  const message = `Command "${name}" is not defined.${hint}`;
  return uncaught('Symfony\\Component\\Console\\Exception\\CommandNotFoundException', message);
}

// A local server reads stdin, which is at its end here, so it ends without a word.
function startLocal(host: ConsoleHost, handle: string): ConsoleOutcome {
  const local = host.servers().some((server) => server.transport === 'local' && server.handle === handle);
  const block = [
    '',
    `   ERROR  MCP Server with name [${handle}] not found: no local server is registered by it.  `,
    '',
  ];
  return local ? printed(0, []) : printed(1, block);
}

async function runTasks(host: ConsoleHost): Promise<ConsoleOutcome> {
  try {
    const processed = await host.runTasks();
    return printed(0, [`[stask:worker] created 0 scheduled task(s), processed ${processed} task(s).`]);
  } catch (error) {
    return uncaught('PDOException', messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
