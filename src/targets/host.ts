import type { Installation } from '../config/installation.ts';
import type { Place } from '../model/installation.ts';
import type { Probes } from '../model/probes.ts';
import type { Offer, Target } from '../model/target.ts';
import { createArtisanProbe } from '../probes/artisan.ts';
import { createConfigProbe } from '../probes/config.ts';
import { createDatabaseProbe } from '../probes/database.ts';
import { parseDatabaseUrl } from '../probes/database-url.ts';
import type { Recorder } from '../journal/recorder.ts';
import { createShell, type Shell } from '../probes/shell.ts';
import { createWorkerProbe } from '../probes/worker.ts';
import { createWorkspaceProbe } from '../probes/workspace.ts';
import { offeredIf } from './offers.ts';
import { timeLimits } from './time-limits.ts';

export interface HostLease {
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  readonly redactor: Target['redactor'];
}

/** What is reached beside HTTP: the console, the settings files, the database, a checkout. */
export function hostProbes(settings: Installation, lease: HostLease): Partial<Probes> {
  const { artisan, workerCommand, database, tablePrefix, workspace } = settings;
  const { recorder, signal, redactor } = lease;
  const shell = createShell({ place: placeOf(settings), redactor });
  const shared = { shell, recorder, signal };
  return {
    ...(artisan === undefined
      ? {}
      : { artisan: createArtisanProbe({ ...shared, shell: limited(settings, redactor), command: artisan }) }),
    ...(hasCore(settings) ? { config: createConfigProbe({ ...shared, root: '.' }) } : {}),
    ...(workerCommand === undefined ? {} : { worker: createWorkerProbe({ ...shared, command: workerCommand }) }),
    ...(database === undefined
      ? {}
      : {
          database: createDatabaseProbe({
            url: parseDatabaseUrl(database, redactor),
            prefix: tablePrefix,
            recorder,
            signal,
          }),
        }),
    ...(workspace === undefined
      ? {}
      : {
          workspace: createWorkspaceProbe({
            ...shared,
            shell: createShell({ place: { kind: 'local', cwd: workspace.absolute }, redactor }),
          }),
        }),
  };
}

/** A folder that is given for another host means nothing on this one, and is taken as it was written. */
function placeOf({ ssh, exec, artisanCwd }: Installation): Place {
  const there = artisanCwd === undefined ? {} : { cwd: artisanCwd.written };
  if (ssh !== undefined) return { kind: 'ssh', destination: ssh, ...there };
  if (exec !== undefined) return { kind: 'prefix', argv: exec, ...there };
  return artisanCwd === undefined ? { kind: 'local' } : { kind: 'local', cwd: artisanCwd.absolute };
}

/** The settings files are beside artisan. */
function hasCore({ artisan, artisanCwd }: Installation): boolean {
  return artisan !== undefined || artisanCwd !== undefined;
}

/** Artisan responds like a server does, so that the operator's time limit is its limit, too. */
function limited(settings: Installation, redactor: Target['redactor']): Shell {
  const { timeout } = settings;
  const deadline = timeout === undefined ? {} : { limits: { deadlineMs: timeLimits(timeout).totalMs } };
  return createShell({ place: placeOf(settings), redactor, ...deadline });
}

export function hostOffers(settings: Installation): Record<string, Offer> {
  const { artisan, workerCommand, database, workspace } = settings;
  const core = hasCore(settings) ? settings : undefined;
  return {
    artisan: offeredIf(
      artisan,
      'the configured artisan',
      'needs the console: give --artisan, with --ssh or --exec where it is elsewhere',
    ),
    config: offeredIf(core, 'the settings files beside artisan', 'needs the settings files: give --artisan-cwd'),
    worker: offeredIf(
      workerCommand,
      'the configured worker command',
      'needs a way to run the worker: give --worker-command',
    ),
    database: offeredIf(database, 'the configured database', 'needs the database: give --db or EMCP_DATABASE_URL'),
    workspace: offeredIf(workspace, 'the configured checkout', 'needs a checkout of the package: give --workspace'),
  };
}
