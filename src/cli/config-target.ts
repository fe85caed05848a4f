import { MigrateError } from '../core/errors.js';
import { targetSchema, type Target } from '../core/plan.js';
import { parseVersion } from '../config/version.js';

export interface ConfigTarget {
  readonly kind: Target;
  /** `1.6.0`; undefined where the node is to tell. */
  readonly version: string | undefined;
  /** As it was named: `containerd 1.6`. */
  readonly title: string;
}

/** The oldest with a configuration that is written here; a newer minor has the newest schema that is known. */
const RANGES: Readonly<
  Record<Target, { readonly oldest: string; readonly like: string; readonly majors: readonly number[] }>
> = {
  containerd: { oldest: '1.4', like: 'containerd@1.6 or containerd@2.1', majors: [1, 2] },
  crio: { oldest: '1.20', like: 'crio@1.31', majors: [1] },
  'cri-dockerd': { oldest: '0.2', like: 'cri-dockerd@0.3', majors: [0] },
};

/** containerd 2 came after 1.7, and there will be no 1.8. */
const NEWEST_CONTAINERD_1 = 7;

/** Reads `containerd@1.6`, `crio@1.31.2`, `containerd`. Errors: `usage` for a runtime or a version that is none. */
export function configTarget(text: string): ConfigTarget {
  const [name = '', written, ...rest] = text.split('@');
  const kind = targetSchema.safeParse(name === 'cri-o' ? 'crio' : name);
  if (!kind.success || rest.length > 0) {
    throw new MigrateError('usage', `--target ${text} is no runtime that a configuration is converted for`, {
      hint: 'One of containerd@1.6, containerd@2.1, crio@1.31, cri-dockerd@0.3.',
    });
  }
  if (written === undefined) return { kind: kind.data, version: undefined, title: kind.data };
  const version = /^v?\d+\.\d+(\.\d+)?$/.test(written) ? parseVersion(written) : undefined;
  const { oldest, like, majors } = RANGES[kind.data];
  if (version === undefined) {
    throw new MigrateError(
      'usage',
      `--target ${text}: ${written === '' ? 'there is no version' : `${written} is no version`}`,
      {
        hint: `A version looks like ${like}.`,
      },
    );
  }
  const { major, minor, patch } = version;
  const tooOld = major === majors[0] && minor < Number(oldest.split('.')[1]);
  const never = !majors.includes(major) || (kind.data === 'containerd' && major === 1 && minor > NEWEST_CONTAINERD_1);
  if (tooOld || never) {
    throw new MigrateError('usage', `--target ${text}: the configuration of ${kind.data} ${written} is not known`, {
      hint: `${kind.data} ${oldest} and later are, as in ${like}.`,
    });
  }
  return { kind: kind.data, version: `${major}.${minor}.${patch}`, title: `${kind.data} ${written.replace(/^v/, '')}` };
}
