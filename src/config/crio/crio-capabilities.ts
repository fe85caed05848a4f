import { crioSetting } from './crio-setting.js';

/** CRI-O's own, of every version since 1.18. */
const DEFAULTS = [
  ...['CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'KILL'],
];

/** What CRI-O gives every container that asks for nothing, without `CAP_`, by the text of its `crio config`. */
export function crioCapabilities(effective: string | undefined): readonly string[] {
  const setting = crioSetting(effective ?? '', ['crio', 'runtime', 'default_capabilities']);
  if (setting.said === 'nothing' || !Array.isArray(setting.value)) return DEFAULTS;
  return setting.value.flatMap((one) => (typeof one === 'string' ? [one.toUpperCase().replace(/^CAP_/, '')] : []));
}
