const UNITS: Readonly<Record<string, string>> = { '': '', b: '', k: 'k', m: 'M', g: 'G', t: 'T', p: 'P' };

/** Docker's `10m` is ten million bytes, which a Kubernetes quantity spells `10M`; its own `10m` would be a hundredth of a byte. */
export function kubeletLogSize(docker: string): string | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgtp]?)(?:i?b)?$/i.exec(docker.trim());
  const unit = UNITS[(match?.[2] ?? '').toLowerCase()];
  return match === null || unit === undefined || Number(match[1]) === 0 ? undefined : `${match[1]}${unit}`;
}
