import type { TextView } from '../../manifests/views.js';

/** Keys of cloud-init, of cloud providers, of Ansible and of provisioners for what a machine runs when it starts. */
const OF_HOSTS =
  /^(?:runcmd|bootcmd|write_files|files|user-?_?data(?:_base64)?|custom_?data|startup-?_?script|metadata_startup_script|(?:pre|post)Kubeadm\w*|(?:pre|override)Bootstrap\w*|additionalUserData|hooks|units|commands|bootstrap\w*|shell|ansible\.builtin\.(?:shell|command))$/i;

/** Whether what a text runs is run on a machine and not in a container: units, crontabs, scripts that are files, user data. */
export function isHostText({ role, pod, path, object }: TextView): boolean {
  if (pod !== undefined) return false;
  if (role === 'unit' || role === 'crontab') return true;
  if (role !== 'script') return false;
  if (path.length === 0) return true;
  return object.kind !== 'ConfigMap' && path.some((step) => typeof step === 'string' && OF_HOSTS.test(step));
}
