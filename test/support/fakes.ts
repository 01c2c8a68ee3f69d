import type { AnyCheck } from '../../src/model/check.ts';
import type { Expectations } from '../../src/model/expectations.ts';
import type { Profile } from '../../src/model/profile.ts';
import { CAPABILITIES, type Capability } from '../../src/model/probes.ts';
import type { Target, TargetFacts } from '../../src/model/target.ts';

/** What a stock installation promises. */
export const stockExpectations: Expectations = {
  mode: { internal: true, api: true },
  platform: 'eMCP',
  toolsetVersion: '1.0',
  protocolVersions: ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'],
  rate: { perMinute: 30, globalPerMinute: 60 },
  limits: { payloadKb: 128, resultBytes: 1_048_576, resultItems: 100 },
  dispatch: { outcome: 'queued', completesWithin: 90 },
  worker: { identifier: 'emcp_dispatch', class: 'EvolutionCMS\\eMCP\\sTask\\McpDispatchWorker', scope: 'eMCP' },
  tools: ['search', 'get', 'root_tree', 'descendants', 'ancestors', 'children', 'siblings']
    .map((name) => `evo.content.${name}`)
    .concat('evo.model.list', 'evo.model.get'),
  deniedTool: 'evo.write.anything',
};

export function fakeProfile(change: Partial<Profile> = {}): Profile {
  return {
    id: 'fake',
    title: 'Fake',
    section: undefined,
    expect: stockExpectations,
    select: { sections: ['2'], checks: [] },
    require: [],
    exclude: {},
    settings: {},
    ...change,
  };
}

export function fakeFacts(
  change: Partial<TargetFacts> & { readonly offered?: readonly Capability[] } = {},
): TargetFacts {
  const { offered = CAPABILITIES, ...rest } = change;
  const offers = Object.fromEntries(
    CAPABILITIES.map((name) => [name, { offered: offered.includes(name), because: `fake ${name}` }]),
  ) as TargetFacts['offers'];
  return {
    kind: 'remote',
    label: 'fake',
    url: 'http://127.0.0.1',
    apiPath: '/api/v1/mcp/{server}',
    managerPath: '/emcp/{server}',
    servers: ['content'],
    insecure: false,
    production: false,
    isolated: false,
    realTime: true,
    sharedIdentities: [],
    offers,
    ...rest,
  };
}

export function fakeCheck(id: string, change: Partial<AnyCheck> = {}): AnyCheck {
  return {
    id,
    title: id,
    proves: 'nothing',
    remedy: 'none',
    section: '2.1',
    cites: ['test'],
    severity: 'must',
    impact: 'read',
    requests: {},
    needs: [],
    async *run() {
      yield { kind: 'fact', slug: 'seen', held: true, actual: 1, expected: 1, seen: [1] };
    },
    ...change,
  };
}

/** A target without a network: probes are whatever the test hands in. */
export function fakeTarget(facts: TargetFacts = fakeFacts()): Target & { readonly waited: number[] } {
  const waited: number[] = [];
  return {
    facts,
    waited,
    redactor: {
      learn: () => undefined,
      text: (value) => value.replaceAll('hush', '(secret)'),
      json: (value) => JSON.parse(JSON.stringify(value).replaceAll('hush', '(secret)')) as typeof value,
      shaped: (value) => JSON.parse(JSON.stringify(value).replaceAll('hush', '(secret)')) as typeof value,
    },
    journal: () => [],
    lease: async ({ signal }) => ({
      probes: {},
      signal,
      usage: () => ({ entries: 1, overBudget: undefined, intermittent: [] }),
      clock: {
        now: () => 0,
        monotonic: () => performance.now(),
        wait: async (ms) => {
          waited.push(ms);
        },
      },
      ids: { prefix: 'emcp-fake', nonce: () => 'n', name: () => 'emcp-fake-n', uuid: () => 'u' },
      release: async () => undefined,
    }),
  };
}
