import { fixtureSite } from '../../../src/server/content/fixture.ts';
import { openSite } from '../../../src/server/content/site.ts';
import type { SiteTables } from '../../../src/server/content/site.ts';
import { contentTools } from '../../../src/server/tools/index.ts';
import { InvalidArguments } from '../../../src/server/tools/tool.ts';
import type { JsonObject, ToolContext } from '../../../src/server/tools/tool.ts';

const MODELS = [
  ...'SiteTemplate SiteTmplvar SiteTmplvarContentvalue SiteSnippet SitePlugin SiteModule Category'.split(' '),
  ...'User UserAttribute UserRole Permissions PermissionsGroups RolePermissions'.split(' '),
];

interface Answer {
  readonly items?: readonly JsonObject[];
  readonly item?: JsonObject | null;
  readonly meta: JsonObject;
}

/** Calls tools by name on a site, under the shipped limits. */
export interface Bench {
  readonly context: ToolContext;
  call(name: string, args: JsonObject): Promise<Answer>;
  ids(name: string, args: JsonObject): Promise<unknown[]>;
  /** How many problems the tool finds with the arguments; 0 when it takes them. */
  problems(name: string, args: JsonObject): Promise<number>;
}

export async function bench(tables: SiteTables = fixtureSite): Promise<Bench> {
  const context: ToolContext = {
    site: await openSite(tables),
    limits: {
      maxItems: 100,
      content: { maxDepth: 6, maxLimit: 100, maxOffset: 5000 },
      models: { maxOffset: 5000, allow: MODELS },
    },
    toolsetVersion: '1.0',
    signal: new AbortController().signal,
  };
  const call = async (name: string, args: JsonObject): Promise<Answer> => {
    const tool = contentTools.find((candidate) => candidate.name === `evo.${name}`);
    const outcome = await tool?.call(args, context);
    if (outcome?.kind !== 'structured') throw new TypeError(`${name} gave nothing structured`);
    return JSON.parse(JSON.stringify(outcome.value)) as Answer;
  };
  return {
    context,
    call,
    ids: async (name, args) => ((await call(name, args)).items ?? []).map((item) => item['id']),
    problems: async (name, args) => call(name, args).then(() => 0, problemCount),
  };
}

function problemCount(error: unknown): number {
  if (error instanceof InvalidArguments) return error.problems.length;
  throw error;
}
