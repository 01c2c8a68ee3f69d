import { isJson, isList, isObject, type Json, type JsonObject } from '../model/json.ts';

/**
 * `emcp.report/2` as `emcp.report/3`: an entry of the journal was a question and an outcome of any shape, cuts were
 * written into the text, and of profile and plan too little was kept to run the checks over it again.
 */
export function fromVersion2(value: unknown): unknown {
  if (!isJson(value) || !isObject(value)) return value;
  const { profile, journal } = value;
  return {
    ...value,
    schema: 'emcp.report/3',
    ...(isObject(profile) ? { profile: { ...UNKNOWN_PROFILE, ...profile } } : {}),
    ...(isList(journal) ? { journal: journal.map(entryOf) } : {}),
  };
}

const UNKNOWN_PROFILE = { select: { sections: [], checks: [] }, require: [], exclude: {}, settings: {} };

/** What is wrong in an entry stays, so that it is refused and named. */
function entryOf(value: Json): Json {
  if (!isObject(value) || !isObject(value['question']) || !isObject(value['outcome'])) return value;
  const { probe, question, outcome, ...head } = value;
  const kind = kindOf(probe, question);
  const { failed } = outcome;
  const came: JsonObject =
    failed === undefined
      ? { response: RESPONSES[kind](outcome) }
      : { failure: { name: failed === 'stopped' ? 'stopped' : 'error', kind: failed, message: failed } };
  const named: JsonObject = kind === 'http' || kind === 'command' || kind === 'file' ? { probe: probe ?? '' } : {};
  const ids = kind === 'http' || kind === 'stream' ? { ids: [] } : {};
  return { ...head, kind, ...named, ...ids, request: REQUESTS[kind](question), ...came };
}

type Kind = 'http' | 'stream' | 'open-streams' | 'login' | 'command' | 'file' | 'database';

function kindOf(probe: Json | undefined, question: JsonObject): Kind {
  if (probe === 'stream') return question['open'] === undefined ? 'stream' : 'open-streams';
  if (probe === 'artisan' || probe === 'worker') return 'command';
  if (probe === 'config' || probe === 'workspace') return 'file';
  return probe === 'login' || probe === 'database' ? probe : 'http';
}

const REQUESTS: Readonly<Record<Kind, (question: JsonObject) => Json>> = {
  http: httpRequest,
  stream: httpRequest,
  'open-streams': ({ open = 0 }) => ({ withinMs: open }),
  login: (question) => question,
  command: ({ command = [], where }) => ({ program: [], args: command, ...(where === undefined ? {} : { where }) }),
  file: (question) => question,
  database({ ask = '', prefix = '', identifier, id, key }) {
    return { ask, of: identifier ?? id ?? key ?? '', prefix };
  },
};

function httpRequest({ body, headers = {}, seconds, ...rest }: JsonObject): Json {
  const watched = seconds === undefined ? {} : { limitSeconds: seconds };
  return { ...rest, ...watched, headers, ...(body === undefined ? {} : { body: textOf(body) }) };
}

const RESPONSES: Readonly<Record<Kind, (outcome: JsonObject) => Json>> = {
  http: httpResponse,
  stream: streamResponse,
  'open-streams': ({ streams = 0 }) => ({ streams }),
  login: ({ bytes = 0, ...rest }) => ({ ...rest, bytes }),
  command: ({ stdout = '', stderr = '', ms = 0, ...rest }) => ({
    ...rest,
    durationMs: ms,
    stdout: textOf(stdout),
    stderr: textOf(stderr),
  }),
  file: ({ text, ...rest }) => (text === undefined ? rest : { text: textOf(text) }),
  database({ row, rows, missing }) {
    if (missing !== undefined) return { missing };
    return rows === undefined ? { worker: row ?? null } : { tasks: rows };
  },
};

function httpResponse({ status = 0, answeredBy, headers = [], body = '', ...rest }: JsonObject): JsonObject {
  const { bytes = 0, firstByteMs = 0, totalMs = 0 } = rest;
  const who = answeredBy === undefined ? {} : { answeredBy };
  return { status, ...who, headers, body: textOf(body), bytes, firstByteMs, totalMs };
}

function streamResponse({ stream, ...outcome }: JsonObject): Json {
  const {
    frames = [],
    ended = 'closed',
    unfinished = false,
    durationMs = 0,
    diagnosis = '',
  } = isObject(stream) ? stream : {};
  return {
    ...httpResponse(outcome),
    frames: isList(frames) ? frames.map(frameOf) : frames,
    chunks: [],
    ended,
    unfinished,
    durationMs,
    diagnosis,
  };
}

function frameOf(frame: Json): Json {
  if (!isObject(frame)) return frame;
  const { at = 0, data = '', ...rest } = frame;
  return { ...rest, data: textOf(data), atMs: at };
}

/** Cuts were told in the text itself, where anybody could write the same. */
function textOf(value: Json): Json {
  const found = typeof value === 'string' ? /^([^]{16384})… \((\d+) more characters\)$/u.exec(value) : null;
  const [, text = '', more = ''] = found ?? [];
  return found === null ? value : { text, cut: { kept: text.length, of: text.length + Number(more) } };
}

/** The key of version 2 that a key of version 3 was made from. */
export function keyInVersion2(path: readonly string[]): readonly string[] {
  if (path[0] !== 'journal') return path;
  const [journal, index, part, ...rest] = path;
  if (part === 'request') return [journal, index ?? '', 'question', ...rest];
  if (part === 'response' || part === 'failure') return [journal, index ?? '', 'outcome', ...rest];
  return path;
}
