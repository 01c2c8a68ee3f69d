import { outputLines, whyNotRun, type CommandOutput, type NotRun } from './artisan.ts';

export interface ListedServer {
  readonly handle: string;
  readonly transport: string;
  readonly class: string;
  readonly enabled: boolean;
}

export type ServerList =
  | { readonly kind: 'listed'; readonly servers: readonly ListedServer[] }
  | { readonly kind: 'none' }
  | NotRun;

const COLUMNS = ['handle', 'transport', 'class', 'enabled'];

/** Reads `emcp:list-servers`: a table found by its head and whole, or the line that says there is no server. */
export function parseServerList(output: CommandOutput): ServerList {
  const lines = outputLines(output);
  const head = lines.findIndex((line) => cellsOf(line).join().toLowerCase() === COLUMNS.join());
  const last = lines.findLastIndex((line) => isRow(cellsOf(line)));
  // The command prints no empty table, and a line below the last row.
  if (head !== -1 && last > head && lines.slice(last).some((line) => /^\+[-+]+\+$/.test(line))) {
    const rows = lines.slice(head + 1).map(cellsOf);
    return { kind: 'listed', servers: rows.filter(isRow).map(serverOf) };
  }
  if (lines.some((line) => line.startsWith('No enabled MCP servers'))) return { kind: 'none' };
  return whyNotRun(output);
}

function cellsOf(line: string): readonly string[] {
  if (!/^\|.*\|$/.test(line)) return [];
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

function isRow(cells: readonly string[]): boolean {
  return cells.length === COLUMNS.length;
}

function serverOf([handle = '', transport = '', name = '', enabled = '']: readonly string[]): ListedServer {
  return { handle, transport, class: name, enabled: enabled === 'yes' };
}
