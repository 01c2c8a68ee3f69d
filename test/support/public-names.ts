import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalogue, packageRoot, type Catalogue } from '../../src/catalogue/index.ts';
import { EXIT } from '../../src/cli/exit.ts';
import { FORMATS } from '../../src/cli/formats.ts';
import { main } from '../../src/cli/main.ts';
import { listen } from '../../src/server/listen.ts';
import { answeredBy } from '../../src/model/answered-by.ts';
import { checkMeta } from '../../src/model/check.ts';
import { LACKS } from '../../src/model/plan.ts';
import { CAPABILITIES, type WorkspaceProbe } from '../../src/model/probes.ts';
import { OUTCOMES, report, REPORT_SCHEMA } from '../../src/model/report.ts';
import { STATUSES } from '../../src/model/verdict.ts';
import { EVENT_SCHEMA, renderEvent } from '../../src/reporters/ndjson.ts';
import { configWith } from './fake-config.ts';
import { stockExpectations } from './fakes.ts';
import { DOCUMENTS, printedDocument } from './json-documents.ts';
import { pathsIn, pathsOf } from './json-paths.ts';
import { testIo } from './test-io.ts';
import { filesBelow, literalsLike, usageCodes } from './source-names.ts';
import { slugs, trials } from './trial.ts';

/** Public names by group, as data: `test/public-names.yaml` is what they were when somebody last looked at them. */
export type PublicNames = Readonly<Record<string, readonly string[]>>;

const ROOT = packageRoot();
const PROFILES = join(ROOT, 'profiles');

export async function publicNames(): Promise<PublicNames> {
  const catalogue = await openCatalogue();
  const sources = filesBelow(join(ROOT, 'src'));
  return {
    checks: sorted(catalogue.checks.map(({ id, severity }) => `${id} ${severity}`)),
    slugs: sorted(await slugsOf(catalogue)),
    profiles: sorted(readdirSync(PROFILES).map((file) => file.replace(/\.yaml$/, ''))),
    'usage errors': sorted(usageCodes(sources)),
    'exit codes': Object.entries(EXIT).map(([name, code]) => `${name} ${code}`),
    schemas: sorted(literalsLike(/^emcp\.[a-z-]+\/\d+$/, sources)),
    ...(await documentKeys()),
    'keys of a check': sorted(Object.keys(checkMeta.shape)),
    reporters: sorted(FORMATS),
    statuses: sorted(STATUSES),
    outcomes: sorted(OUTCOMES),
    capabilities: sorted(CAPABILITIES),
    lacks: sorted(LACKS),
    answerers: sorted(answeredBy.options.map(({ shape }) => shape.kind.value)),
  };
}

/** Every path of what is printed as JSON, from the schema where there is one, else from what the commands print. */
async function documentKeys(): Promise<PublicNames> {
  const groups: [string, readonly string[]][] = [[EVENT_SCHEMA, pathsIn(await events())]];
  const { url, close } = await listen(async () => ({ status: 401, headers: [], body: '' }));
  for (const [command, { argv, schema }] of Object.entries(DOCUMENTS)) {
    if (schema === REPORT_SCHEMA) continue;
    const documents = await Promise.all(argv.map((words) => printedDocument(words, url)));
    groups.push([`${schema} (${command})`, pathsIn(documents)]);
  }
  await close();
  const all: typeof groups = [[REPORT_SCHEMA, pathsOf(report)], ...groups];
  return Object.fromEntries(all.map(([schema, paths]) => [`keys of ${schema}`, sorted(paths)]));
}

/** Every event of a run; one that takes a minute to come is made. */
async function events(): Promise<unknown[]> {
  const io = testIo();
  await main(['check', '--profile', 'smoke', '--reporter', 'ndjson'], io);
  const pacing = renderEvent({ kind: 'pacing', seconds: 61, reason: 'so' });
  return `${io.written}${pacing}`
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/**
 * What faults turn red and remedies green, and what a stock installation shows. Bursts and streams are left to the
 * former, as they take a hundred times as long: every slug of theirs has a fault, as the test of each check demands.
 */
async function slugsOf(catalogue: Catalogue): Promise<readonly string[]> {
  const tried = [
    ...catalogue.faults.flatMap(({ breaks }) => breaks),
    ...catalogue.remedies.flatMap(({ mends }) => mends),
  ];
  const quick = catalogue.checks.filter(({ impact }) => impact !== 'load');
  const checks = await Promise.all(quick.map(({ id }) => catalogue.load(id)));
  const ofCheckouts = checks.filter(({ needs }) => needs.includes('workspace'));
  const results = [
    ...(await trials(checks, { probes: { config: configWith({}), workspace: checkout } })),
    ...(await trials(ofCheckouts, { probes: { workspace: emptyCheckout } })),
  ];
  const shown = results.flatMap((result) => slugs(result).map((slug) => `${result.check.id}:${slug}`));
  return [...tried, ...shown, ...ofTheRunner()];
}

/** What the runner itself observes, whichever check it runs. */
function ofTheRunner(): readonly string[] {
  const found = literalsLike(/^precondition$/, filesBelow(join(ROOT, 'src/run')));
  return found.map((slug) => `any check:${slug}`);
}

const LOCK = { spec_version: '1.0-contract', toolset_version: '1.0', canonical_tools: stockExpectations.tools };
const checkout: WorkspaceProbe = { read: async () => ({ evidence: 1, text: JSON.stringify(LOCK) }) };
const emptyCheckout: WorkspaceProbe = { read: async () => ({ evidence: 1, missing: true }) };

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted();
}

/** Names that came and went, each with what to do about it; empty where nothing changed. */
export function describeChanges(before: PublicNames, now: PublicNames): string {
  const groups = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const lines = groups.flatMap((group) => {
    const [old, current] = [before[group] ?? [], now[group] ?? []];
    return [
      ...old.filter((name) => !current.includes(name)).map((name) => `  - ${group}: ${name}`),
      ...current.filter((name) => !old.includes(name)).map((name) => `  + ${group}: ${name}`),
    ];
  });
  return lines.length === 0 ? '' : `public names have changed:\n${lines.join('\n')}\n${WHAT_TO_DO}`;
}

const WHAT_TO_DO = `A name is added with a line in CHANGELOG.md that says since which release it is there. A name is removed or renamed
only after one release in which the old one still works (docs/compatibility.md). If that is so: npm run names`;
