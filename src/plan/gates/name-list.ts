const SHOWN = 12;

/** Names in a sentence; of very many only the first, and how many there are besides. */
export function nameList(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return rest <= 1 ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${rest} more`;
}
