/** How a report is to look; nothing of it changes what is said. */
export interface Style {
  readonly color: boolean;
  /** Columns a line may have. */
  readonly width: number;
  /** Warnings and skips are told in full, too. */
  readonly verbose: boolean;
  /** Only what is red, and the last line. */
  readonly quiet: boolean;
}
