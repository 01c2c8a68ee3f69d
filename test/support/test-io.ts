import type { Io } from '../../src/cli/io.ts';

export interface TestIo extends Io {
  readonly written: string;
  readonly told: string;
}

/** An `Io` that keeps what was written, outside of any terminal. */
export function testIo(change: Partial<Io> = {}): TestIo {
  let written = '';
  let told = '';
  return {
    out: (text) => {
      written += text;
    },
    err: (text) => {
      told += text;
    },
    flush: async () => [],
    readStdin: async () => '',
    ask: undefined,
    env: {},
    cwd: process.cwd(),
    outIsTerminal: false,
    errIsTerminal: false,
    color: false,
    width: 100,
    onSignal: () => () => undefined,
    ...change,
    get written() {
      return written;
    },
    get told() {
      return told;
    },
  };
}
