import { userInfo } from 'node:os';
import type { Place } from '../../src/model/installation.ts';

/** This machine, as somebody to whom a directory can be closed: nothing is closed to root. */
export function asNobody(): Place {
  if (userInfo().uid !== 0) return { kind: 'local' };
  return { kind: 'prefix', argv: 'setpriv --reuid 65534 --regid 65534 --clear-groups'.split(' ') };
}
