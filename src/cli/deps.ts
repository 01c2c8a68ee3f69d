import type { Io } from './io.ts';

/** What a command's behaviour is given besides its options. */
export interface Deps {
  readonly io: Io;
  readonly exit: (code: number) => void;
}
