import type { Expectations } from './expectations.ts';
import type { Capability } from './probes.ts';

/** What a deployment promises and which checks prove it, after `extends` was followed. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly section: string | undefined;
  readonly expect: Expectations;
  readonly select: { readonly sections: readonly string[]; readonly checks: readonly string[] };
  /** Capabilities whose absence is red. */
  readonly require: readonly Capability[];
  /** Check id → why it does not belong here. */
  readonly exclude: Readonly<Record<string, string>>;
  /** Dot keys the embedded server is started with for this profile. */
  readonly settings: Readonly<Record<string, unknown>>;
}
