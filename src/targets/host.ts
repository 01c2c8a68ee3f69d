import type { Installation } from '../model/installation.ts';
import type { Probes } from '../model/probes.ts';
import type { Offer, Target } from '../model/target.ts';
import { createArtisanProbe } from '../probes/artisan.ts';
import { createConfigProbe } from '../probes/config.ts';
import { createDatabaseProbe } from '../probes/database.ts';
import { parseDatabaseUrl } from '../probes/database-url.ts';
import type { Recorder } from '../probes/recorder.ts';
import { createShell, type Shell } from '../probes/shell.ts';
import { createWorkerProbe } from '../probes/worker.ts';
import { createWorkspaceProbe } from '../probes/workspace.ts';
import { offeredIf } from './offers.ts';

export interface HostLease {
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  readonly redactor: Target['redactor'];
}

/** What is asked beside HTTP: the console, the settings files, the database, a checkout. */
export function hostProbes(settings: Installation, lease: HostLease): Partial<Probes> {
  const { artisan, core, worker, database, workspace, place } = settings;
  const { recorder, signal, redactor } = lease;
  const shell = createShell({ place, redactor });
  const shared = { shell, recorder, signal };
  return {
    ...(artisan === undefined
      ? {}
      : { artisan: createArtisanProbe({ ...shared, shell: limited(settings, redactor), command: artisan }) }),
    ...(core === undefined ? {} : { config: createConfigProbe({ ...shared, root: '.' }) }),
    ...(worker === undefined ? {} : { worker: createWorkerProbe({ ...shared, command: worker }) }),
    ...(database === undefined
      ? {}
      : {
          database: createDatabaseProbe({
            url: parseDatabaseUrl(database.url, redactor),
            prefix: database.prefix,
            recorder,
            signal,
          }),
        }),
    ...(workspace === undefined
      ? {}
      : {
          workspace: createWorkspaceProbe({
            ...shared,
            shell: createShell({ place: { kind: 'local', cwd: workspace }, redactor }),
          }),
        }),
  };
}

/** Artisan answers like a server does, so that the operator's time limit is its limit, too. */
function limited({ place, limits }: Installation, redactor: Target['redactor']): Shell {
  const deadline = limits === undefined ? {} : { limits: { deadlineMs: limits.totalMs } };
  return createShell({ place, redactor, ...deadline });
}

export function hostOffers({ artisan, core, worker, database, workspace }: Installation): Record<string, Offer> {
  return {
    artisan: offeredIf(
      artisan,
      'the configured artisan',
      'needs the console: give --artisan, with --ssh or --exec where it is elsewhere',
    ),
    config: offeredIf(core, 'the settings files beside artisan', 'needs the settings files: give --artisan-cwd'),
    worker: offeredIf(worker, 'the configured worker command', 'needs a way to run the worker: give --worker-command'),
    database: offeredIf(database, 'the configured database', 'needs the database: give --db or EMCP_DATABASE_URL'),
    workspace: offeredIf(workspace, 'the configured checkout', 'needs a checkout of the package: give --workspace'),
  };
}
