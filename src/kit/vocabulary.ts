export type { AnswererKind } from '../model/answered-by.ts';
export type { Applicability, Check, CheckContext, CheckMeta } from '../model/check.ts';
export type { Evidence, Exchange } from '../model/evidence.ts';
export { header, headers, jsonOf, mediaType } from '../model/evidence.ts';
export type { Expectations } from '../model/expectations.ts';
export type { FaultMeta, RemedyMeta } from '../model/fault.ts';
export { foreignTo } from '../model/foreign.ts';
export type { Json, JsonObject } from '../model/json.ts';
export { at, isList, isObject, parseJson, sameJson } from '../model/json.ts';
export type { Fact, Inconclusive, Observation } from '../model/observation.ts';
export type {
  Capability,
  CommandResult,
  DatabaseProbe,
  RequestOptions,
  RouteProbe,
  SettingsFile,
  StreamRecord,
  TaskRow,
  Token,
} from '../model/probes.ts';
export { isLimited } from '../model/rate-limit.ts';
export { FRESH_ID, type RequestCount } from '../model/requests.ts';
export type { TargetFacts } from '../model/target.ts';
