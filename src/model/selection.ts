/** Whether a word of `--only` names this check: its id, a folder of ids, or a runbook section. */
export function isNamedBy(check: { readonly id: string; readonly section: string }, word: string): boolean {
  return check.id === word || check.id.startsWith(`${word.replace(/\/$/, '')}/`) || coversSection(word, check.section);
}

/** `2` selects 2, 2.1 and 2.3; `2.1` only itself and what lies below. */
export function coversSection(selected: string, section: string): boolean {
  return section === selected || section.startsWith(`${selected}.`);
}
