import { at, parseJson } from '../model/json.ts';
import { outputLines, whyNotRun, type CommandOutput, type NotRun } from './artisan.ts';

export type SmokeStep = 'initialize' | 'tools/list';

export type SmokeFailure =
  | { readonly kind: 'none-enabled' | 'no-web-server' | 'unknown-server' }
  | { readonly kind: 'http'; readonly step: SmokeStep; readonly status: number; readonly code: string | undefined }
  | { readonly kind: 'missing-tools'; readonly tools: readonly string[] }
  /** The answer lacked something the command wants. */
  | { readonly kind: 'answer'; readonly step: SmokeStep; readonly line: string };

interface Tried {
  /** Undefined when none was chosen. */
  readonly server: { readonly handle: string; readonly class: string } | undefined;
  readonly passed: readonly SmokeStep[];
}

export type SmokeTest =
  | ({ readonly kind: 'passed' } & Tried)
  | ({ readonly kind: 'failed'; readonly failure: SmokeFailure } & Tried)
  | NotRun;

const STEPS: readonly SmokeStep[] = ['initialize', 'tools/list'];

/** Reads `emcp:test`, by the form of its lines. */
export function parseSmokeTest(output: CommandOutput): SmokeTest {
  const lines = outputLines(output);
  const passed = STEPS.filter((step) => lines.includes(`${step}: OK`));
  const tried: Tried = { server: chosenServer(lines), passed };
  if (lines.some((line) => line.endsWith('smoke test passed.')) && passed.length === STEPS.length) {
    return { kind: 'passed', ...tried };
  }
  const failure = noServer(lines) ?? failedStep(lines, passed);
  return failure === undefined ? whyNotRun(output) : { kind: 'failed', failure, ...tried };
}

function chosenServer(lines: readonly string[]): Tried['server'] {
  for (const line of lines) {
    const [, handle, name] = /^Using server: (.+) \(([^()]+)\)$/.exec(line) ?? [];
    if (handle !== undefined && name !== undefined) return { handle, class: name };
  }
  return undefined;
}

function noServer(lines: readonly string[]): SmokeFailure | undefined {
  if (lines.some((line) => line.startsWith('No enabled web'))) return { kind: 'no-web-server' };
  if (lines.some((line) => line.startsWith('No enabled servers'))) return { kind: 'none-enabled' };
  if (lines.some((line) => /^Server \[.*\] is not a valid/.test(line))) return { kind: 'unknown-server' };
  return undefined;
}

function failedStep(lines: readonly string[], passed: readonly SmokeStep[]): SmokeFailure | undefined {
  const step = STEPS.find((one) => !passed.includes(one));
  const at = step === undefined ? -1 : lines.findIndex((line) => [' ', ':'].some((end) => line.startsWith(step + end)));
  const line = lines[at];
  if (step === undefined || line === undefined) return undefined;
  const [, status] = /failed with HTTP (\d{3})$/.exec(line) ?? [];
  if (status !== undefined) return { kind: 'http', step, status: Number(status), code: errorCode(lines[at + 1]) };
  const [, missing] = /required tools?: (.+)$/.exec(line) ?? [];
  if (missing !== undefined) return { kind: 'missing-tools', tools: missing.split(',').map((name) => name.trim()) };
  return { kind: 'answer', step, line };
}

/** The body a refused step prints below its line is a transport error. */
function errorCode(body: string | undefined): string | undefined {
  const code = at(parseJson(body ?? ''), 'error', 'code');
  return typeof code === 'string' ? code : undefined;
}
