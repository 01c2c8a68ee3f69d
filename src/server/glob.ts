/** Laravel's `Str::is`: `*` stands for any run of characters, also across slashes; everything else is literal. */
export function matchesGlob(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  const source = pattern.split('*').map(escape).join('.*');
  return new RegExp(`^${source}$`, 's').test(text);
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
