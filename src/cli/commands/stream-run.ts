import { Blocked, UsageError } from '../../model/errors.ts';
import { isObject, parseJson, type JsonObject } from '../../model/json.ts';
import type { StreamFrame, StreamRecord } from '../../model/probes.ts';
import type { Profile } from '../../model/profile.ts';
import type { Lease, Target } from '../../model/target.ts';
import { completenessOf } from '../../protocol/stream-diagnosis.ts';
import { messagesOf } from '../../protocol/stream-messages.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import { cadenceLine } from '../../reporters/sparkline.ts';
import { withTarget } from '../../targets/open.ts';
import { assertMayWrite, type AllowFlag } from '../allow.ts';
import { chooseTarget, exitOfNoAnswer, withProbes } from '../ask-target.ts';
import { EXIT } from '../exit.ts';
import { jsonDocument } from '../json-document.ts';
import { listenForInterruption } from '../interruption.ts';
import type { Io } from '../io.ts';
import type { TargetFlags } from '../target-flags.ts';

export interface StreamFlags extends TargetFlags, AllowFlag {
  readonly arguments?: string;
  readonly seconds?: string;
  readonly json?: boolean;
}

interface Call {
  readonly server: string | undefined;
  readonly tool: string;
  readonly args: JsonObject;
  readonly seconds: number;
}

/** Watches one stream as it comes; ended by its own end, its limit or a signal. */
export async function runStream(
  tool: string | undefined,
  flags: StreamFlags,
  io: Io,
  open = withTarget,
): Promise<number> {
  const { config, profile, settings } = await chooseTarget(flags, io, ['servers']);
  const call = callOf(tool, flags, profile);
  // What the profile names only reads; nobody knows that of another tool.
  if (call.tool !== profile.expect.stream?.tool) assertMayWrite(config, flags);
  const interruption = listenForInterruption(io);
  try {
    const { record, whole } = await open(settings, (target) =>
      withProbes(target, { command: 'stream', signal: interruption.signal }, (lease) =>
        watch(call, { lease, target, flags, io }),
      ),
    );
    io.out(flags.json === true ? jsonDocument('stream', { ...record }) : summary(record, io));
    const signal = interruption.by();
    if (signal !== null) return EXIT[signal];
    return whole ? EXIT.ok : EXIT.failed;
  } catch (error) {
    const signal = interruption.by();
    return signal === null ? exitOfNoAnswer(error, flags, io) : EXIT[signal];
  } finally {
    interruption.end();
  }
}

interface Watching {
  readonly lease: Lease;
  readonly target: Target;
  readonly flags: StreamFlags;
  readonly io: Io;
}

interface Watched {
  /** Redacted. */
  readonly record: StreamRecord;
  /** It ended in good order, with a result. */
  readonly whole: boolean;
}

async function watch({ server, tool, args, seconds }: Call, { lease, target, flags, io }: Watching): Promise<Watched> {
  const { stream, token } = lease.probes;
  if (!stream || !token) throw noAccess();
  if (flags.json !== true) io.err(`${oneLine(target.facts.label)}: ${oneLine(tool)}\n`);
  const params = { name: tool, arguments: args };
  const record = await stream.watch('tools/call', params, {
    ...(server === undefined ? {} : { server }),
    token: await token.sound(),
    id: 'emcp-stream',
    seconds,
    onFrame: (frame) => {
      if (flags.json !== true) io.out(line(frame, target, io.width));
    },
  });
  const whole = completenessOf(record) === 'complete' && messagesOf(record.frames).outcomes[0] === 'result';
  return { record: target.redactor.json(record), whole };
}

function noAccess(): Blocked {
  return new Blocked('a stream can only be asked for with a token', 'the same command with --token-file FILE');
}

function line({ at, kind, data }: StreamFrame, { redactor }: Target, width: number): string {
  const time = `${(at / 1000).toFixed(3)} s`.padStart(11);
  return `${time}  ${kind.padEnd(9)}  ${oneLine(redactor.text(data), Math.max(20, width - 24))}\n`;
}

function summary({ frames, durationMs, ended, unfinished, diagnosis, exchange }: StreamRecord, { width }: Io): string {
  const arrivals = frames.map(({ at, kind }) => ({ at, heartbeat: kind === 'comment' }));
  const seconds = (durationMs / 1000).toFixed(3);
  const head = `HTTP ${exchange.status}, ${ended} after ${seconds} s${unfinished ? ', in the middle of an event' : ''}`;
  const failed = messagesOf(frames).outcomes.find((outcome) => outcome !== 'result');
  const answer = failed === undefined ? '' : `the response is an ${failed}\n`;
  const cadence = cadenceLine(arrivals, durationMs, Math.min(72, width - 2));
  return `\n${cadence}\n${head}\n${answer}${diagnosis.split('; ').join('\n  ')}\n`;
}

function callOf(tool: string | undefined, flags: StreamFlags, { expect }: Profile): Call {
  const promised = expect.stream;
  const name = tool ?? promised?.tool;
  if (name === undefined) {
    throw new UsageError('no-tool', 'no tool is named, and the profile names none that streams', {
      hint: 'emcp stream TOOL, or a profile with expect.stream',
    });
  }
  const own = name === promised?.tool ? promised.arguments : {};
  return {
    tool: name,
    server: flags.server?.[0] ?? promised?.server,
    args: flags.arguments === undefined ? own : parseArguments(flags.arguments),
    seconds: Math.min(
      LONGEST_S,
      flags.seconds === undefined ? 1.5 * (promised?.maxSeconds ?? 120) + 5 : secondsOf(flags.seconds),
    ),
  };
}

function parseArguments(text: string): JsonObject {
  const wrong = new UsageError('bad-arguments', '--arguments is no JSON object', { hint: `--arguments '{"count":3}'` });
  const value = parseJson(text);
  if (!isObject(value)) throw wrong;
  return value;
}

/** A day: nobody watches longer, and a timer of Node takes no number one likes. */
const LONGEST_S = 86_400;

function secondsOf(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= LONGEST_S) return value;
  throw new UsageError('bad-number', `--seconds ${text} is not a number above 0, at most ${LONGEST_S}`, {
    hint: '--seconds 30',
  });
}
