import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTables } from '../../../src/server/dispatch/store.ts';
import type { EmcpServer } from '../../../src/server/server.ts';
import { serve } from '../dispatch/served.ts';

const recorded = process.env['EMCP_RECORDED'];
const state = z.object({
  name: z.string(),
  cmd: z.string(),
  config: z.record(z.string(), z.unknown()),
  exit: z.number(),
  stdout: z.string(),
  stderr: z.string(),
});

/** The states as they were recorded; rows of another form are notes on the registrar, not commands. */
function states(): readonly z.infer<typeof state>[] {
  if (recorded === undefined) {
    return [];
  }
  const rows = JSON.parse(readFileSync(join(recorded, '18-artisan.json'), 'utf8')) as readonly unknown[];
  return rows.flatMap((row) => {
    const { data } = state.safeParse(row);
    return data?.cmd.startsWith('php artisan ') === true ? [data] : [];
  });
}

const queue = "insert into s_tasks (identifier, action, meta) values ('emcp_dispatch', 'dispatch', '{}')";

/** What was done to the runtime before a command; the name of the row says it. */
const preparations: readonly (readonly [pattern: RegExp, prepare: (server: EmcpServer) => void])[] = [
  [
    /set inactive/,
    (server) => {
      run(server, 'update s_workers set active = 0');
    },
  ],
  [
    /scope drift/,
    (server) => {
      run(server, "update s_workers set class = 'X', scope = 'Y'");
    },
  ],
  [
    /row deleted/,
    (server) => {
      run(server, 'delete from s_workers');
    },
  ],
  [
    /s_workers missing/,
    (server) => {
      run(server, 'drop table s_workers');
    },
  ],
  [
    /s_tasks missing/,
    (server) => {
      run(server, 'drop table s_tasks');
    },
  ],
  [
    /insert fails/,
    (server) => {
      run(
        server,
        `delete from s_workers; create trigger t before insert on s_workers begin select raise(abort, 'disk full'); end`,
      );
    },
  ],
  [
    /database missing/,
    (server) => {
      server.store.opened().database.close();
    },
  ],
  [
    /worker idle/,
    (server) => {
      run(server, queue.concat(';').repeat(44));
    },
  ],
];

function run(server: EmcpServer, sql: string): void {
  server.store.opened().database.exec(sql);
}

/** Sentences and ids of the moment are not compared: error bodies, what SQLite said, and the wording of `mcp:start`. */
function comparable(text: string): string {
  return text
    .replaceAll(/"(message|trace_id)":"[^"]*"/g, '"$1":"…"')
    .replace(/^(Failed to sync emcp_dispatch worker|Cannot inspect s_workers table): .*/s, '$1')
    .replace(/( ERROR {2}MCP Server with name \[\w+\] not found).*/s, '$1');
}

/** The class of an uncaught exception; a database that is gone has one of its own, which is a PDO error here. */
function uncaughtClass(stderr: string): string | undefined {
  const [, name] = /^PHP Fatal error: {2}Uncaught ([\w\\]+): /.exec(stderr) ?? [];
  return name?.endsWith('SQLiteDatabaseDoesNotExistException') === true ? 'PDOException' : name;
}

describe.skipIf(recorded === undefined)(
  'the console beside the recorded artisan (EMCP_RECORDED names the folder)',
  () => {
    it('has every kind of command to compare with', () => {
      expect(new Set(states().map(({ cmd }) => cmd.split(' ')[2]))).toEqual(
        new Set(['emcp:list-servers', 'emcp:test', 'emcp:sync-workers', 'stask:worker', 'mcp:start', 'emcp:nope']),
      );
    });

    it.each(states())('$name', async ({ name, cmd, config, exit, stdout, stderr }) => {
      const { server } = serve(config);
      await server.start();
      await server.console(['emcp:sync-workers']);
      createTables(server.store.opened());
      preparations.find(([pattern]) => pattern.test(name))?.[1](server);
      const outcome = await server.console(cmd.split(' ').slice(2));
      expect([outcome.exit, comparable(outcome.stdout)]).toEqual([exit, comparable(stdout)]);
      expect(uncaughtClass(outcome.stderr)).toBe(uncaughtClass(stderr));
    });
  },
);
