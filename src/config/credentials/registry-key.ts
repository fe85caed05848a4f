/** One spelling for a registry of `auths`: without scheme and version, and Docker Hub by its one name. */
export function registryKey(text: string): string {
  const bare = text
    .replace(/^https?:\/\//, '')
    .replace(/\/v[12](?:\/|$)/, '')
    .replace(/\/+$/, '');
  return /^(?:(?:index|registry-1)\.)?docker\.io$/.test(bare) ? 'docker.io' : bare;
}
