import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { defineFault, streamingWorld, tamperStream } from '../../src/kit/index.ts';
import type { CommandResult, Probes } from '../../src/model/probes.ts';
import { createConfigProbe } from '../../src/probes/config.ts';
import { readSettings } from '../../src/probes/php-settings.ts';
import { createWorkspaceProbe } from '../../src/probes/workspace.ts';
import { settingsFile } from '../../src/protocol/settings-file.ts';
import type { ServerTweak } from '../../src/server/tweak.ts';
import { lendShell } from '../probes/shell-fake-php.ts';
import { asNobody } from '../support/nobody.ts';
import type { TrialOptions } from '../support/trial.ts';

/** A part of a target of which nothing can be known, and the checks that are about it. */
export interface Part {
  readonly name: string;
  readonly checks: readonly string[];
  readonly options: () => TrialOptions;
}

const CONFIG = ['config/ignored-settings', 'config/missing-keys', 'config/modes', 'config/zero-payload'];
const CONSOLE = ['interop/sync-workers', 'registry/list-servers', 'registry/smoke'];

export const parts: readonly Part[] = [
  {
    name: 'files below a directory that may not be searched',
    checks: [...CONFIG, 'marker/governance-lock'],
    options: () => ({ probes: filesIn((path) => mkdirSync(path, { mode: 0o600 })) }),
  },
  {
    name: 'files below a link that leads nowhere',
    checks: [...CONFIG, 'marker/governance-lock'],
    options: () => ({ probes: filesIn((path) => symlinkSync('gone', path)) }),
  },
  ...['exit;', "if (getenv('X')) return [];", 'throw new E();', 'goto end; end:'].map((before) => ({
    name: `settings behind ${before}`,
    checks: CONFIG,
    options: () => ({ probes: settingsOf(`<?php ${before} return ['mode' => ['internal' => true, 'api' => true]];`) }),
  })),
  {
    name: 'settings cut off before their last sign',
    checks: CONFIG,
    options: () => ({ probes: settingsOf("<?php return ['mode' => ['internal' => true, 'api' => true]]") }),
  },
  {
    name: 'settings that the environment decides',
    checks: CONFIG.filter((id) => id !== 'config/missing-keys'),
    options: () => ({
      probes: settingsOf(
        "<?php return ['mode' => ['internal' => env('A', true), 'api' => env('B', true)], 'servers' => env('C', [])];",
      ),
    }),
  },
  { name: 'a stream of comments', checks: ['stream/live'], options: () => commented(false) },
  { name: 'a stream whose comments alone are live', checks: ['stream/live'], options: () => commented(true) },
  said('nothing', {}),
  said('a banner', { stdout: 'Welcome to web1\n' }),
  said('a shell without PHP', { exit: 127, stderr: 'sh: php: not found\n' }),
  said('a host that is not there', { exit: 255, stderr: 'ssh: connect to host web1: No route to host\n' }),
  said('the head of a table', { stdout: '| Handle | Transport | Class | Enabled |\n' }),
  said('what it said before a signal', { exit: null, signal: 'SIGKILL', stdout: 'initialize f' }),
];

/** The files of an installation and of a checkout, whose folder is what `close` makes of it. */
function filesIn(close: (path: string) => void): Partial<Probes> {
  const root = mkdtempSync(join(tmpdir(), 'emcp-closed-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  chmodSync(root, 0o755);
  mkdirSync(join(root, 'custom'));
  for (const folder of ['custom/config', '.ci']) close(join(root, folder));
  const place = asNobody();
  const there = { ...place, cwd: root };
  return {
    config: createConfigProbe({ ...lendShell(there), root: '.' }),
    workspace: createWorkspaceProbe(lendShell(there)),
  };
}

function settingsOf(source: string): Partial<Probes> {
  const read = async () => settingsFile(await readSettings(source), 1);
  return { config: { settings: read, registry: read } };
}

/** A comment for every event as it is made, and all events at the end, or none of them. */
function commented(withEvents: boolean): TrialOptions {
  const tweak = defineFault<ServerTweak>({
    id: 'test/commented',
    title: '-',
    story: '-',
    breaks: [],
    app: tamperStream({
      body: async function* (events) {
        let all = '';
        for await (const event of events) {
          all += event;
          yield ': still here\n\n';
        }
        if (withEvents) yield all;
      },
    }),
  });
  return { ...streamingWorld(), tweak };
}

function said(name: string, change: Partial<CommandResult>): Part {
  const run = async () => ({ exit: 0, signal: null, stdout: '', stderr: '', ms: 1, evidence: 1, ...change });
  return { name: `a console that says ${name}`, checks: CONSOLE, options: () => ({ probes: { artisan: { run } } }) };
}
