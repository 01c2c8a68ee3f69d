import type { ConfigProbe, SettingsFile } from '../model/probes.ts';
import type { Codec } from '../journal/recorder.ts';
import { settingsFile, WHOLE_FILE, type Settings } from '../protocol/settings-file.ts';
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
    const asked = { probe: 'config' as const, request: { file: path, where: placeLabel(shell.place) } };
    const { value, evidence } = await recorder.record(settingsCodec, asked, async () => {
      const source = await readThrough(shell, { path, signs: CORE.map(inRoot), signal });
      return source === undefined ? NOT_PUBLISHED : readSettings(source);
    });
    return settingsFile(value, evidence);
  };
  return { settings: () => read(SETTINGS), registry: () => read(REGISTRY) };
}

/** What was read of the file; its text may hold secrets of any kind. */
const settingsCodec: Codec<'file', Settings> = {
  kind: 'file',
  keep: (settings) => ({ ...settings }),
  read: (kept) => ('values' in kept ? kept : { values: {}, unreadable: [WHOLE_FILE] }),
};

const NOT_PUBLISHED = { values: {}, unreadable: [], missing: true };
