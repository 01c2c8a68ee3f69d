import { covers } from '../../model/revisions.ts';
import type { Era } from './era.ts';
import { legacy } from './legacy.ts';

const ERAS: readonly Era[] = [legacy];

/** The era of a protocol revision; the legacy one where none covers it, or none is named. */
export function eraFor(protocolVersion: string | undefined): Era {
  return ERAS.find(({ revisions }) => protocolVersion !== undefined && covers(revisions, protocolVersion)) ?? legacy;
}
