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

/** Reads `emcp:list-servers`: a table found by its head, or the line that says there is no server. */
export function parseServerList(output: CommandOutput): ServerList {
  const rows = outputLines(output).map(cellsOf);
  const head = rows.findIndex((cells) => cells.join().toLowerCase() === COLUMNS.join());
  if (head !== -1)
    return {
      kind: 'listed',
      servers: rows
        .slice(head + 1)
        .filter(isRow)
        .map(serverOf),
    };
  if (outputLines(output).some((line) => line.startsWith('No enabled MCP servers'))) return { kind: 'none' };
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
