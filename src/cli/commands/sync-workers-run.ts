import { Blocked, Unreachable } from '../../model/errors.ts';
import type { DatabaseProbe } from '../../model/probes.ts';
import { parseWorkerSync, type WorkerSync } from '../../protocol/artisan-sync-workers.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import type { AllowFlag } from '../allow.ts';
import { askTarget, type Asked } from '../ask-target.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { exitOfConsole, mirrorJson, repeat } from '../mirror.ts';
import { doctorOf, type TargetFlags } from '../target-flags.ts';

export interface SyncWorkersFlags extends TargetFlags, AllowFlag {
  readonly json?: boolean;
}

/** The row as the database holds it after the repair, judged against the profile; what was repaired is told even so. */
interface Row {
  readonly state: 'right' | 'wrong' | 'absent' | 'unread';
  readonly facts: string;
}

export async function runSyncWorkers(flags: SyncWorkersFlags, io: Io): Promise<number> {
  return askTarget(flags, io, { command: 'sync-workers', writes: true }, async (asked) => {
    const { artisan, database } = asked.probes;
    if (!artisan)
      throw new Blocked(
        'only artisan can repair the worker',
        'the same command with --artisan COMMAND, and --ssh or --exec where it is elsewhere',
      );
    const output = await artisan.run(['emcp:sync-workers']);
    const sync = parseWorkerSync(output);
    const row = database === undefined ? undefined : await readRow(database, asked);
    if (flags.json) io.out(mirrorJson('sync-workers', asked.target, { exit: output.exit, sync, row: row ?? null }));
    else repeat(output, asked.target, io);
    for (const line of [explain(sync), proof(row)])
      if (line !== undefined) io.err(`${oneLine(asked.target.redactor.text(line))}\n`);
    const exit = exitOfConsole({ output, read: sync, target: asked.target }, io);
    return exit === EXIT.ok && sync.kind !== 'skipped' ? exitOfRow(row, flags, io) : exit;
  });
}

function exitOfRow(row: Row | undefined, flags: TargetFlags, io: Io): number {
  if (row === undefined || row.state === 'right') return EXIT.ok;
  if (row.state !== 'unread') return EXIT.failed;
  io.err(`next: ${doctorOf(flags)}\n`);
  return EXIT.blocked;
}

async function readRow(database: DatabaseProbe, asked: Asked): Promise<Row> {
  try {
    return await rowOf(database, asked);
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Blocked) return { state: 'unread', facts: error.message };
    throw error;
  }
}

async function rowOf(database: DatabaseProbe, { profile }: Asked): Promise<Row> {
  const promised = profile.expect.worker;
  const answer = await database.worker(promised.identifier);
  if ('missing' in answer) return { state: 'absent', facts: `the table ${answer.missing} is missing` };
  const { row } = answer;
  if (row === null) return { state: 'absent', facts: `no row ${promised.identifier}` };
  const right = row.active && row.class === promised.class && row.scope === promised.scope;
  const facts = `${row.identifier}, ${row.active ? 'active' : 'inactive'}, ${row.class}, scope ${row.scope}`;
  return { state: right ? 'right' : 'wrong', facts };
}

function explain(sync: WorkerSync): string | undefined {
  if (sync.kind === 'in-sync') {
    return 'Every boot of the application repairs the row, this command’s own boot too: "in sync" is what it nearly always says.';
  }
  if (sync.kind === 'skipped') return 'Skipped: nothing was repaired, and exit 0 does not prove that async works.';
  return undefined;
}

function proof(row: Row | undefined): string {
  if (row === undefined) return 'The row itself was not read: give --db or EMCP_DATABASE_URL to prove the effect.';
  return `The row is ${row.state}: ${row.facts}.`;
}
