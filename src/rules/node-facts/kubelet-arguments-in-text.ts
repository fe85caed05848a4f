import type { TextView } from '../../manifests/views.js';
import { flagsIn } from './flags-in.js';
import type { KubeletArgument, KubeletArguments } from './kubelet-argument.js';
import { logicalLines } from './logical-lines.js';

/** The kubelet itself (also `hyperkube kubelet`), a variable that holds its arguments, or an option that hands them on. */
const OF_KUBELET =
  /(?:^|[\s"'=;&|(/])kubelet(?:\.exe)?["']?(?=\s)|KUBELET\w{0,40}["']?\s{0,4}[+:]?=|kubelet[-_]extra[-_]args|kubelet[-_]custom[-_]flags/i;

/** k3s and RKE2 hand `--kubelet-arg=name=value` on, minikube `--extra-config=kubelet.name=value`. */
const HANDED_ON =
  /(?:--kubelet-arg[= ]["']?|--extra-config[= ]["']?kubelet\.)(?:--)?([a-z][a-z0-9_-]*)(?:=([^\s"',;\\]*))?/gi;

const STARTS_KUBELET = /^\s{0,8}Exec\w{0,16}\s{0,4}=[-@:+!|]{0,4}(?:\S*\/)?kubelet(?:\s|$)/m;

/** The flags that units, files of variables, scripts and command lines give a kubelet: one list for each line that gives any. */
export function* kubeletArgumentsInText(view: TextView): Generator<KubeletArguments> {
  const { role, text } = view;
  if (role === 'config' || !/kubelet/i.test(text)) return;
  const ofUnit = role === 'unit' && STARTS_KUBELET.test(text);
  for (const { text: line, offset } of logicalLines(text)) {
    const argument = (name: string, value: string, at: number, length: number): KubeletArgument => ({
      name,
      value,
      at: view.at(offset + at, length),
    });
    const found = [...line.matchAll(HANDED_ON)].map((match) => {
      const [all, name = '', value = ''] = match;
      return argument(name.replaceAll('_', '-').toLowerCase(), value, match.index, all.length);
    });
    if (OF_KUBELET.test(line) || (ofUnit && /^\s*(?:Environment|Exec)/.test(line))) {
      for (const flag of flagsIn(line)) found.push(argument(flag.name, flag.value, flag.offset, flag.length));
    }
    if (found.length > 0) yield found;
  }
}
