/** A setting's value on one line, as daemon.json would have it; a text without its quotes. */
export const settingValue = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : (JSON.stringify(value) ?? '');
