import { z } from 'zod';
import { configFile } from './config-file.ts';
import { profileFile } from './profile-schema.ts';
import { report } from '../model/report.ts';

const FILES = {
  'emcp.schema.json': { schema: configFile, title: 'emcp.yaml' },
  'profile.schema.json': { schema: profileFile, title: 'A profile of emcp' },
  'report.schema.json': { schema: report, title: 'A report of emcp' },
} as const;

/** What editors and other programs check these files with, by file name below docs/schema. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(FILES).map(([file, { schema, title }]) => [
      file,
      { title, ...z.toJSONSchema(schema, { io: 'input' }) },
    ]),
  );
}
