import type { ConfigPart } from '../../core/conversion.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent, RuntimeTarget } from '../runtime-intent.js';
import { isWholeFile, notWhole } from '../whole-file.js';
import { k3sDocker } from './k3s-docker.js';
import { foundByItself, k3sHandlers } from './k3s-handlers.js';
import { k3sProduct, type K3sProduct } from './k3s-product.js';
import { k3sRegistries } from './k3s-registries.js';

export interface K3sPartInput {
  readonly intent: RuntimeIntent;
  readonly files: Readonly<Record<string, FileFacts>>;
  /** Of k3s.service or k3s-agent.service, where it was looked at. */
  readonly unit: UnitFacts | undefined;
  readonly target: RuntimeTarget;
}

/**
 * The files of k3s (or RKE2) by which it uses its own containerd as Docker was used. It writes the kubelet's flags and
 * containerd's configuration itself, at each start. Undefined where the node has neither.
 */
export function k3sPart({ intent, files, unit, target }: K3sPartInput): ConfigPart | undefined {
  const product = k3sProduct(files, unit);
  if (product === undefined) return undefined;
  const docker = k3sDocker(product, files, unit);
  const registries = k3sRegistries(product, intent.registries, files);
  const handlers = k3sHandlers(product, intent, files, target);
  const notices = [
    ...docker.notices,
    ...(registries.ok ? [] : [unreadable(product.registriesPath, registries.line, registries.reason)]),
    ...notTaken(product, intent, target, docker.settings.length + docker.notices.length > 0),
  ];
  const generated = [
    ...docker.files,
    ...(registries.ok ? registries.value : []),
    ...(handlers === undefined ? [] : [handlers]),
  ];
  const partial = generated.filter(({ path }) => files[path]?.exists === true && !isWholeFile(files[path]));
  return {
    files: generated.filter((file) => !partial.includes(file)),
    notices: [...notices, ...partial.map(({ path }) => asNotice(notWhole(path)))],
    settings: docker.settings,
  };
}

/** What the distribution has no file for, or decides by itself. */
function notTaken({ name }: K3sProduct, intent: RuntimeIntent, target: RuntimeTarget, onDocker: boolean): Notice[] {
  const { registries, handlers, defaultRuntime, proxies } = intent;
  const notices: Notice[] = [];
  const warn = (message: string, fix: string): void => {
    notices.push(asNotice({ level: 'warning', message, fix }));
  };
  if (target.kind !== 'containerd') {
    const fix = 'use --target containerd';
    notices.push(
      asNotice({
        level: 'blocker',
        message: `${name} brings its own containerd and is not converted for another runtime`,
        fix,
      }),
    );
  }
  if (!onDocker)
    warn(
      `nothing tells ${name} to use Docker: its pods run in its own containerd already`,
      'see whether Docker is there for anything else',
    );
  for (const { host, client } of registries.certificates.filter((one) => one.client.length > 1)) {
    warn(
      `${host} has ${client.length} client certificates, and ${name} takes one: the first`,
      'see which one the registry asks for',
    );
  }
  if (registries.insecureNets.length > 0) {
    const nets = registries.insecureNets.join(', ');
    warn(`${nets}: ${name} knows no net as insecure, only hosts`, 'name the registries in it in registries.yaml');
  }
  const own = handlers.filter(foundByItself).map((handler) => handler.name);
  if (own.length > 0)
    warn(
      `${name} finds the binaries of ${own.join(', ')} by itself, where they are installed`,
      'see that they are on the PATH of its service',
    );
  if (defaultRuntime !== 'runc') {
    warn(
      `Docker's default runtime ${defaultRuntime} does not become ${name}'s`,
      `give pods a RuntimeClass with the handler ${defaultRuntime}, or ${name} its option default-runtime`,
    );
  }
  if (handlers.some(({ args }) => args.length > 0)) {
    warn(
      'runtimeArgs have no place in containerd',
      'put the arguments into a script, and give its path as the runtime',
    );
  }
  if (proxies.length > 0) {
    const names = proxies.map((proxy) => proxy.name).join(', ');
    warn(
      `Docker's proxies (${names}) are not ${name}'s`,
      `set them in the environment file of its service, as CONTAINERD_${names.split(', ')[0]?.toUpperCase() ?? 'HTTP_PROXY'} and so on`,
    );
  }
  return notices;
}

const unreadable = (path: string, line: number, reason: string): Notice =>
  asNotice({
    level: 'blocker',
    message: `${path} cannot be read: line ${line}: ${reason}`,
    fix: `mend line ${line} and plan again`,
  });

const asNotice = (notice: Omit<Notice, 'gate'>): Notice => ({ gate: 'k3s', ...notice });
