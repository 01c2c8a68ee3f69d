import { describe, expect, it } from 'vitest';
import { allowedImpacts, type AllowSources } from '../../src/config/allowed-impacts.ts';

const ALL = ['write', 'load'] as const;
const NOTHING: AllowSources = { flags: [], file: [], env: {}, describedBy: 'flags', production: false };
const SWITCHED = { EMCP_DISPATCH_CHECK: '1', EMCP_RUNTIME_NEGATIVE: '1' };

describe('what may be done besides reading', () => {
  it.each<[string, Partial<AllowSources>, readonly string[]]>([
    ['nothing where nobody allows it', {}, []],
    ['what the command line says', { flags: ['load'] }, ['load']],
    ['what the file says of its target', { file: ALL, describedBy: 'file' }, ALL],
    ['not what the file says of another one', { file: ALL, describedBy: 'environment' }, []],
    ['what the environment says of its target', { env: SWITCHED, describedBy: 'environment' }, ALL],
    ['not what the environment says of a target of the file', { env: SWITCHED, describedBy: 'file' }, []],
    ['not what the environment says of a URL of the flags', { env: SWITCHED, describedBy: 'flags' }, []],
    [
      'only what its variable is about',
      { env: { EMCP_STASK_LIFECYCLE_CHECK: '1' }, describedBy: 'environment' },
      ['write'],
    ],
    ['nothing by another word than 1', { env: { EMCP_DISPATCH_CHECK: 'yes' }, describedBy: 'environment' }, []],
    ['both sources, once', { flags: ['write'], file: ALL, describedBy: 'file' }, ALL],
    ['on production, not what the file says', { file: ALL, describedBy: 'file', production: true }, []],
    [
      'on production, not what the environment says',
      { env: SWITCHED, describedBy: 'environment', production: true },
      [],
    ],
    [
      'on production, what the command line says',
      { flags: ['write'], file: ALL, describedBy: 'file', production: true },
      ['write'],
    ],
  ])('is %s', (_title, change, expected) => {
    expect(allowedImpacts({ ...NOTHING, ...change })).toEqual(expected);
  });
});
