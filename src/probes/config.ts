import type { ConfigProbe, SettingsFile } from '../model/probes.ts';
import { settingsFile } from '../protocol/settings-file.ts';
import { readSettings } from './php-settings.ts';
import { readThrough } from './shell-file.ts';
import { placeLabel } from './shell-place.ts';
import type { ShellProbeOptions } from './shell-question.ts';

const SETTINGS = 'custom/config/cms/settings/eMCP.php';
const REGISTRY = 'custom/config/mcp.php';
/** Where the packages of the CMS are, and where it keeps published files; without both, nothing was left unpublished. */
const CORE = ['vendor/evolution-cms', 'custom/config'];

export interface ConfigOptions extends ShellProbeOptions {
  /** The CMS's directory `core`, as the shell sees it. */
  readonly root: string;
}

/** The two files an operator publishes, read where artisan runs and never run themselves. */
export function createConfigProbe({ shell, recorder, signal, root }: ConfigOptions): ConfigProbe {
  const inRoot = (file: string) => `${root.replace(/\/+$/, '')}/${file}`;
  const read = async (file: string): Promise<SettingsFile> => {
    const path = inRoot(file);
    const question = { file: path, where: placeLabel(shell.place) };
    const { value, evidence } = await recorder.ask({ probe: 'config', question }, async () => {
      const source = await readThrough(shell, { path, signs: CORE.map(inRoot), signal });
      const found = source === undefined ? NOT_PUBLISHED : await readSettings(source);
      return { value: found, outcome: { ...found } };
    });
    return settingsFile(value, evidence);
  };
  return { settings: () => read(SETTINGS), registry: () => read(REGISTRY) };
}

const NOT_PUBLISHED = { values: {}, unreadable: [], missing: true };
