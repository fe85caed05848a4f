const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** `4.1 GB`, in powers of 1000 as Docker and df -H count. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.round(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
