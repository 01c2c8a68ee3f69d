import type { Applicability, Expectations } from './vocabulary.ts';

type Outcome = Expectations['dispatch']['outcome'];

const DISPATCHED = { queued: 'queued', sync: 'run inline', unavailable: 'refused' } as const;

/** The check is about dispatch that is expected to have one of these outcomes. */
export function whereDispatched(...outcomes: readonly Outcome[]): Applicability {
  const names = outcomes.map((outcome) => DISPATCHED[outcome]).join(' or ');
  return {
    when: `a dispatch is expected to be ${names}`,
    test: ({ dispatch }) =>
      outcomes.includes(dispatch.outcome) || `the profile expects a dispatch to be ${DISPATCHED[dispatch.outcome]}`,
  };
}

/** The check is about a limit of so many requests a minute at least, on a known handle or globally. */
export function whereLimited(which: 'perMinute' | 'globalPerMinute' = 'perMinute', atLeast = 1): Applicability {
  const limit = which === 'perMinute' ? 'a rate limit' : 'a global rate limit';
  return {
    when: atLeast > 1 ? `${limit} of ${atLeast} a minute or more is expected` : `${limit} is expected`,
    test({ rate }) {
      if (rate[which] === 'unlimited') return `the profile expects no ${limit.replace(/^a /, '')}`;
      return rate[which] >= atLeast || `the expected limit of ${rate[which]} a minute leaves no room to count`;
    },
  };
}

/** The check is about an installation that limits nobody. */
export const whereUnlimited: Applicability = {
  when: 'no rate limit is expected',
  test: ({ rate }) => rate.perMinute === 'unlimited' || 'the profile expects a rate limit; see rate/threshold',
};

/** The check is about a streaming tool that the profile names, with streaming on or off. */
export function whereStreaming(enabled: boolean): Applicability {
  return {
    when: `a streaming tool is named (\`expect.stream\`) and streaming is expected to be ${enabled ? 'on' : 'off'}`,
    test({ stream }) {
      if (stream === undefined) {
        return 'no streaming tool is named: configure `expect.stream` with its server and arguments';
      }
      return stream.enabled === enabled || `the profile expects streaming to be ${stream.enabled ? 'on' : 'off'}`;
    },
  };
}

/** The check asks what only the embedded reference server can tell. */
export const whereEmbedded: Applicability = {
  when: 'the target is the embedded server, which alone can tell',
  test: (_expect, { kind }) =>
    kind === 'embedded' || 'only the embedded server can tell which streams it still produces',
};

/** Every one of them has to apply; the first that does not says why. */
export function whereAll(...all: readonly Applicability[]): Applicability {
  return {
    when: all.map(({ when }) => when).join(', and '),
    test(expect, facts) {
      for (const { test } of all) {
        const applies = test(expect, facts);
        if (applies !== true) return applies;
      }
      return true;
    },
  };
}
