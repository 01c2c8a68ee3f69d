import type { Recorder } from '../journal/recorder.ts';

/** What the embedded server threw while it answered: no word of a target, but a bug, so that it looks like no reset. */
class EmbeddedServerError extends Error {
  constructor(thrown: unknown) {
    super(String(thrown), { cause: thrown });
    // A crashed check gives the name and the message as its reason.
    this.name = 'internal error of the embedded server';
    if (thrown instanceof Error && thrown.stack !== undefined) this.stack = `${this.name}: ${thrown.stack}`;
  }
}

export interface EmbeddedFailures {
  /** Keeps the first one. */
  readonly remember: (thrown: unknown) => void;
  /** The same recorder; once something was thrown, every request of its probes ends with that. */
  readonly surfacedBy: (recorder: Recorder) => Recorder;
}

/** What the server of one lease threw. */
export function embeddedFailures(): EmbeddedFailures {
  let first: EmbeddedServerError | undefined;
  const rethrow = (): void => {
    if (first !== undefined) throw first;
  };
  return {
    remember: (thrown) => {
      first ??= new EmbeddedServerError(thrown);
    },
    surfacedBy: (recorder) => ({
      ...recorder,
      record: (codec, asked, perform) =>
        recorder.record(codec, asked, async () => {
          try {
            return await perform();
          } finally {
            rethrow();
          }
        }),
    }),
  };
}
