import type { OptionKind } from './option-kinds.ts';

/** Flags of one kind stand together in the help. */
export const OPTION_GROUPS = [
  { id: 'target', title: 'Target (default: the embedded reference server):' },
  { id: 'host', title: 'Host of the target:' },
  { id: 'credentials', title: 'Credentials (never on the command line):' },
] as const;

export type OptionGroup = (typeof OPTION_GROUPS)[number]['id'];

/** One thing that can be said of a target. Everything that concerns it is in its row, and in what uses its value. */
export interface TargetOption<Value> {
  /** As commander writes it. */
  readonly flag: `--${string}`;
  /** The first that is set counts. */
  readonly variables: readonly `EMCP_${string}`[];
  /** Its key in an entry of `emcp.yaml`; one with a dot is a key of an object. */
  readonly yaml: string;
  readonly kind: OptionKind<Value>;
  readonly group: OptionGroup;
  readonly does: string;
  readonly default?: Value;
  /** What stands in reports in the place of a secret value. */
  readonly secret?: string;
  /** There is no target without it. */
  readonly required?: true;
  /** The option without which it says nothing. */
  readonly needs?: string;
  /** The option that is used in its place where one source gives both. */
  readonly yieldsTo?: string;
  /** Options with the same word here exclude each other. */
  readonly oneOf?: string;
  /** Its value as a comment of a new `emcp.yaml`; `false` where a first file does without. */
  readonly sample: string | false;
}
