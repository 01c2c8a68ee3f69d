import { describe, expect, it } from 'vitest';
import type { AnyCheck } from '../../src/model/check.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { ConfigProbe } from '../../src/model/probes.ts';
import { settingsFile } from '../../src/protocol/settings-file.ts';
import { broken, trial } from './trial.ts';

/** Settings files as an installation has them; an absent one is not published. */
export interface Files {
  readonly settings?: JsonObject;
  readonly registry?: JsonObject;
  readonly unreadable?: readonly string[];
  readonly unreadableRegistry?: readonly string[];
}

/** The settings files of an installation, as its probe reads them. */
export function configWith({
  settings = {},
  registry = {},
  unreadable = [],
  unreadableRegistry = [],
}: Files): ConfigProbe {
  return {
    settings: async () => settingsFile({ values: settings, unreadable }, 1),
    registry: async () => settingsFile({ values: registry, unreadable: unreadableRegistry }, 2),
  };
}

/** The skeleton of a check that reads settings files: status and broken slugs for each installation. */
export function describeConfigCheck(
  check: AnyCheck,
  cases: readonly (readonly [name: string, files: Files, status: string, slugs: readonly string[]])[],
): void {
  describe(check.id, () => {
    it.each(cases)('for %s', async (_name, files, status, slugs) => {
      const result = await trial(check, { probes: { config: configWith(files) } });
      expect({ status: result.status, broken: broken(result) }).toEqual({ status, broken: slugs });
    });

    it('is skipped where the files cannot be read', async () => {
      expect((await trial(check, { without: ['config'] })).status).toBe('skip');
    });
  });
}
