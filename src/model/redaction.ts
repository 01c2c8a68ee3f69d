/** Takes secrets out of anything before it is kept. There is one for a run, and everything goes through it. */
export interface Redactor {
  /** Makes a secret known; `label` is what stands in its place. */
  learn(secret: string, label: string): void;
  text(value: string): string;
  /** The same for every text in a JSON-like value, or what `change` makes of it and its key; its shape stays. */
  json<Value>(value: Value, change?: (text: string, key: string) => unknown): Value;
  /**
   * The same for what has a shape of ours: its keys, its enumerated words and its times stay as they are, so that it can
   * be read again, though a secret may be the same word. What is of any shape in it is treated as by `json`.
   */
  shaped<Value>(value: Value, change?: (text: string, key: string) => unknown): Value;
}
