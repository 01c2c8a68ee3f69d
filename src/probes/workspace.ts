import type { Codec } from '../journal/recorder.ts';
import { textOf } from '../model/journal-entry.ts';
import type { WorkspaceProbe } from '../model/probes.ts';
import { readThrough } from './shell-file.ts';
import type { ShellProbeOptions } from './shell-question.ts';

/** A checkout of the eMCP package; the shell's directory is its root. */
export function createWorkspaceProbe({ shell, recorder, signal }: ShellProbeOptions): WorkspaceProbe {
  return {
    async read(file) {
      const asked = { probe: 'workspace' as const, request: { file } };
      const { value, evidence } = await recorder.record(fileCodec, asked, () =>
        readThrough(shell, { path: file, signs: ['.'], signal }),
      );
      return value === undefined ? { missing: true, evidence } : { text: value, evidence };
    },
  };
}

/** The text of a file, or nothing where it is not there. */
const fileCodec: Codec<'file', string | undefined> = {
  kind: 'file',
  keep: (text) => (text === undefined ? { missing: true } : { text }),
  read: (kept) => ('text' in kept ? textOf(kept.text) : undefined),
};
