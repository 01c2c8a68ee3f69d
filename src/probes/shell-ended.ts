/** How a command ended. `exit` or `signal` is set; `late` when it was ended at its deadline. */
export interface Ended {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  readonly late: boolean;
}
