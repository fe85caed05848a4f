import type { ContainerView, PodView } from '../../manifests/views.js';

type Block = Readonly<Record<string, unknown>>;

/** Of a pod's and a container's security context what decides on privileges; the container's own settings win. */
export interface Security {
  readonly runAsUser: number | undefined;
  readonly runAsNonRoot: boolean;
  readonly privileged: boolean;
  readonly noNewPrivileges: boolean;
  /** In upper case without `CAP_`; `ALL` stands for itself. */
  readonly added: readonly string[];
  readonly dropped: readonly string[];
  /** By name. */
  readonly sysctls: ReadonlyMap<string, string>;
}

export function securityOf(pod: PodView, container: ContainerView): Security {
  const ofPod = blockOf(pod.spec.securityContext ?? pod.spec.security_context);
  const own = blockOf(container.value.securityContext ?? container.value.security_context);
  const user = own.runAsUser ?? own.run_as_user ?? ofPod.runAsUser ?? ofPod.run_as_user;
  const nonRoot = own.runAsNonRoot ?? own.run_as_non_root ?? ofPod.runAsNonRoot ?? ofPod.run_as_non_root;
  const capabilities = blockOf(own.capabilities);
  return {
    runAsUser:
      typeof user === 'number' ? user : typeof user === 'string' && /^\d+$/.test(user) ? Number(user) : undefined,
    runAsNonRoot: nonRoot === true,
    privileged: own.privileged === true,
    noNewPrivileges: (own.allowPrivilegeEscalation ?? own.allow_privilege_escalation) === false,
    added: namesOf(capabilities.add),
    dropped: namesOf(capabilities.drop),
    sysctls: new Map(
      listOf(ofPod.sysctls ?? ofPod.sysctl).map((sysctl) => {
        const { name, value } = blockOf(sysctl);
        return [String(name), String(value)] as const;
      }),
    ),
  };
}

const namesOf = (list: unknown): string[] =>
  listOf(list).map((name) => String(name).toUpperCase().replace(/^CAP_/, ''));

const EMPTY: Block = {};

/** Terraform's blocks may be lists of one. */
function blockOf(value: unknown): Block {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return one !== null && typeof one === 'object' ? (one as Block) : EMPTY;
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value];
