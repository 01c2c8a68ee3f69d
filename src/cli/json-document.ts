import { jsonText } from '../reporters/json-text.ts';

/** Versions of what `--json` prints, by command; docs/compatibility.md says when one is raised. */
const SCHEMAS = {
  list: 'emcp.list/1',
  plan: 'emcp.plan/1',
  stream: 'emcp.stream/1',
  explain: 'emcp.explain/1',
  selftest: 'emcp.selftest/1',
  'token inspect': 'emcp.token/1',
} as const;

/** What a command prints with `--json`: its schema first, then what it has to say. */
export function jsonDocument(command: keyof typeof SCHEMAS, facts: Readonly<Record<string, unknown>>): string {
  return `${jsonText({ schema: SCHEMAS[command], ...facts }, 2)}\n`;
}
