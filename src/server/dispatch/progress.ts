import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The log file sTask writes beside a running task, the only place that shows how far it is. */
export interface Progress {
  append(task: number, line: ProgressLine): void;
  /** The whole file, or `''` for a task that never ran. */
  read(task: number): string;
}

interface ProgressLine {
  readonly status: 'running' | 'completed' | 'failed';
  readonly percent: number;
  readonly message: string;
}

/** One text per task: in memory, or in the folder `<store file>.progress` as `<task id>.log`. */
export function createProgress(file: string | undefined): Progress {
  return file === undefined ? inMemory() : inFolder(`${file}.progress`);
}

function format({ status, percent, message }: ProgressLine): string {
  return `${status}|${percent}|0|0|—|${message.replaceAll(/[\r\n|]/g, ' ')}\n`;
}

function inMemory(): Progress {
  const logs = new Map<number, string>();
  const read = (task: number) => logs.get(task) ?? '';
  return {
    read,
    append(task, line) {
      logs.set(task, read(task) + format(line));
    },
  };
}

function inFolder(folder: string): Progress {
  return {
    append(task, line) {
      mkdirSync(folder, { recursive: true });
      appendFileSync(join(folder, `${task}.log`), format(line));
    },
    read(task) {
      try {
        return readFileSync(join(folder, `${task}.log`), 'utf8');
      } catch {
        return '';
      }
    },
  };
}
