import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal, type Journal } from '../../src/journal/recorder.ts';
import { createRedactor } from '../../src/journal/redact.ts';
import type { Redactor } from '../../src/model/redaction.ts';
import type { Place } from '../../src/model/installation.ts';
import { createShell, type ShellLimits } from '../../src/probes/shell.ts';
import type { ShellProbeOptions } from '../../src/probes/shell-question.ts';

const SCRIPT = `#!/bin/sh
# Stands in for PHP: the word after "artisan" says what goes wrong.
shift
case "$1" in
  hangs) sleep 60 ;;
  ignores) trap '' TERM; echo $$ >"$0.pid"; sleep 60 & wait; sleep 60 ;;
  floods) exec yes ;;
  binary) printf 'a\\000\\377\\376b' ;;
  dies) kill -SEGV $$ ;;
  fails) echo broken; echo why >&2; exit 3 ;;
  leaves) sleep 60 & echo $!; exit 0 ;;
  args) shift; for word in "$@"; do printf '<%s>' "$word"; done ;;
  env) env ;;
  where) pwd ;;
  reads) cat; echo end ;;
  terminal) if [ -t 0 ] || [ -t 1 ]; then echo yes; else echo no; fi ;;
  warns)
    printf '\\nWarning: Undefined array key "x" in /srv/x.php on line 1\\n\\n'
    printf '+---+---+---+---+\\n| Handle | Transport | Class | Enabled |\\n+---+---+---+---+\\n'
    printf '| shop | web | Shop | yes |\\n+---+---+---+---+\\n' ;;
  *) echo unknown; exit 1 ;;
esac
`;

export interface FakePhp {
  readonly folder: string;
  readonly command: readonly string[];
  /** Where `ignores` writes which process it is. */
  readonly pidFile: string;
  remove(): void;
}

/** An executable that misbehaves on demand, in a folder of its own. */
export function fakePhp(): FakePhp {
  const folder = mkdtempSync(join(tmpdir(), 'emcp-php-'));
  const php = join(folder, 'php');
  writeFileSync(php, SCRIPT);
  chmodSync(php, 0o755);
  chmodSync(folder, 0o755);
  const pidFile = `${php}.pid`;
  return { folder, command: [php, 'artisan'], pidFile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Lent extends ShellProbeOptions {
  readonly journal: Journal;
  readonly redactor: Redactor;
}

/** What a target would hand to a probe that runs commands. */
export function lendShell(
  place: Place,
  limits: Partial<ShellLimits> = {},
  signal = new AbortController().signal,
): Lent {
  const redactor = createRedactor();
  const journal = createJournal(redactor);
  const shell = createShell({ place, redactor, limits });
  return { shell, redactor, journal, recorder: journal.recorderFor('test'), signal };
}
