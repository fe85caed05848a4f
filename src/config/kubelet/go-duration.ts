const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 36e5,
};

/** Milliseconds of a Go duration: `1h10m`, `90s`, `1.5h`; undefined for what is none. */
export function parseGoDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text.trim());
  if (match === null) return undefined;
  const parts = (match[2] ?? '').matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g);
  const total = [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ''] ?? 0), 0);
  return match[1] === '-' ? -total : total;
}

/** As Go itself prints it: `10m0s`, `1h30m0s`, `1m30s`, `500ms`. */
export function formatGoDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatGoDuration(-milliseconds)}`;
  if (milliseconds > 0 && milliseconds < 1000) return `${milliseconds}ms`;
  const hours = Math.floor(milliseconds / 36e5);
  const minutes = Math.floor((milliseconds % 36e5) / 6e4);
  const seconds = `${Number(((milliseconds % 6e4) / 1000).toFixed(9))}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
