import type { WorkspaceProbe } from '../model/probes.ts';
import { readThrough } from './shell-file.ts';
import type { ShellProbeOptions } from './shell-question.ts';

/** A checkout of the eMCP package; the shell's directory is its root. */
export function createWorkspaceProbe({ shell, recorder, signal }: ShellProbeOptions): WorkspaceProbe {
  return {
    async read(file) {
      const { value, evidence } = await recorder.ask({ probe: 'workspace', question: { file } }, async () => {
        const text = await readThrough(shell, { path: file, signs: ['.'], signal });
        return { value: text, outcome: text === undefined ? { missing: true } : { text } };
      });
      return value === undefined ? { missing: true, evidence } : { text: value, evidence };
    },
  };
}
