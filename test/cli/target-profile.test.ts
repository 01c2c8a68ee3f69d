import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo, type TestIo } from '../support/test-io.ts';

const OWN = 'id: own\ntitle: Own\nextends: ./profiles/below.yaml\n';
const BELOW = 'id: below\ntitle: Below\nextends: hybrid\n';

/** Types a command two folders below an `emcp.yaml` that names this profile. */
async function type(profile: string, ...argv: readonly string[]): Promise<{ code: number; io: TestIo; home: string }> {
  const home = folderWith({
    'emcp.yaml': `default: a\ntargets:\n  a:\n    url: http://127.0.0.1:9\n    profile: ${profile}\n`,
    'own.yaml': OWN,
    'profiles/below.yaml': BELOW,
  });
  const cwd = join(home, 'deep/down');
  mkdirSync(cwd, { recursive: true });
  const io = testIo({ cwd });
  return { code: await main(argv, io), io, home };
}

describe('the profile of an entry of emcp.yaml', () => {
  it('is found from the folder of the file, and what it extends from its own', async () => {
    const { code, io } = await type('./own.yaml', 'plan');
    expect({ code, told: io.told }).toEqual({ code: 0, told: '' });
    expect(io.written).toContain('profile: own: ');
  });

  it.each([['plan'], ['check'], ['test']])(
    'is blamed on the file and its key where there is none: %s',
    async (command) => {
      for (const [profile, says] of [
        ['hybird', 'there is no profile hybird\nnext: did you mean hybrid?'],
        ['./gone.yaml', `cannot read the profile HOME/gone.yaml (ENOENT)`],
      ]) {
        const { code, io, home } = await type(profile ?? '', command);
        expect(code).toBe(2);
        expect(io.told).toContain(`emcp: ${home}/emcp.yaml:5: targets.a.profile: ${says?.replace('HOME', home)}`);
      }
    },
  );

  it('gives way to the flag, whose path starts from here', async () => {
    const { code, io } = await type('hybrid', 'plan', '--profile', '../../own.yaml');
    expect({ code, told: io.told }).toEqual({ code: 0, told: '' });
    const wrong = await type('hybrid', 'plan', '--profile', './own.yaml');
    expect(wrong.io.told).toContain(
      `emcp: --profile: cannot read the profile ${wrong.home}/deep/down/own.yaml (ENOENT)`,
    );
  });
});
