const HIGHEST = 50;

/** The number that everything of one lab derives from: names, addresses, ports, folders. */
export function labId(text = process.env['LAB_ID'] ?? '0'): number {
  const id = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (!(id <= HIGHEST)) throw new Error(`LAB_ID is '${text}': a whole number from 0 to ${HIGHEST} is needed`);
  return id;
}
