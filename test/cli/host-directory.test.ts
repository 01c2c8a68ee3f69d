import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { folderWith } from '../support/config-folder.ts';
import { testIo } from '../support/test-io.ts';

/** Stands in for artisan: shows where it runs, in a table that `emcp:list-servers` could print. */
const ARTISAN = `printf '+-+-+-+-+\\n| Handle | Transport | Class | Enabled |\\n+-+-+-+-+\\n| %s | web | Shop | yes |\\n+-+-+-+-+\\n' "$(pwd)"\n`;
const CONTAINER = '#!/bin/sh\ncd / && exec "$@"\n';

interface Situation {
  readonly yaml?: string;
  readonly flags?: (folder: string) => readonly string[];
  readonly below?: string;
}

async function listServers({ yaml, flags = () => [], below = '.' }: Situation) {
  const folder = folderWith({
    'site/core/artisan.sh': ARTISAN,
    container: CONTAINER,
    [join(below, '.keep')]: '',
    ...(yaml === undefined ? {} : { 'emcp.yaml': yaml }),
  });
  chmodSync(join(folder, 'container'), 0o755);
  const io = testIo({ cwd: join(folder, below) });
  const code = await main(['list-servers', ...flags(folder)], io);
  return { code, core: join(folder, 'site/core'), io };
}

describe('the directory of artisan', () => {
  it('is where a command runs that goes through another one', async () => {
    const { code, core, io } = await listServers({
      flags: (folder) =>
        ['--url', 'http://127.0.0.1:9', '--exec', join(folder, 'container')].concat([
          '--artisan',
          'sh artisan.sh',
          '--artisan-cwd',
          join(folder, 'site/core'),
        ]),
    });
    expect({ code, told: io.told }).toEqual({ code: 0, told: '' });
    expect(io.written).toContain(`| ${core} |`);
  });

  it('starts from the file that names it, wherever the command is given', async () => {
    const yaml = 'default: here\ntargets:\n  here:\n    url: http://127.0.0.1:9\n    artisan: sh artisan.sh\n';
    const { code, core, io } = await listServers({ yaml: `${yaml}    artisanCwd: ./site/core\n`, below: 'a/b' });
    expect({ code, told: io.told }).toEqual({ code: 0, told: '' });
    expect(io.written).toContain(`| ${core} |`);
  });

  it('starts from the working directory where a flag names it', async () => {
    const { code, core, io } = await listServers({
      flags: () => ['--url', 'http://127.0.0.1:9', '--artisan', 'sh artisan.sh', '--artisan-cwd', 'site/core'],
    });
    expect({ code, told: io.told }).toEqual({ code: 0, told: '' });
    expect(io.written).toContain(`| ${core} |`);
  });
});
