/** A table as Symfony's console draws it. */
export function asciiTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const line = (row: readonly string[]) =>
    `|${widths.map((width, column) => ` ${(row[column] ?? '').padEnd(width)} `).join('|')}|`;
  return [rule, line(head), rule, ...rows.map(line), rule];
}
